/** What decides the pause before a further try. */
export interface Backoff {
  /** Failures so far, counted from 0. */
  readonly attempt: number
  readonly baseMs: number
  readonly capMs: number
  /** A number in [0, 1). */
  readonly random: () => number
}

/** Doubling pause with full jitter: a whole number of milliseconds from 0 up to `min(cap, base × 2^attempt)`. */
export function nextDelay({ attempt, baseMs, capMs, random }: Backoff): number {
  // 2^31 is past every cap in use, and keeps the product finite for any attempt.
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(Math.max(attempt, 0), 31))
  return Math.floor(random() * (ceiling + 1))
}
