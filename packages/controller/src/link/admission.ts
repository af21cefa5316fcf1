import type { Clock } from '@muster/protocol/kit'

export type Admission = { readonly admitted: true } | { readonly admitted: false; readonly retryAfterMs: number }

const BURST_SECONDS = 1
const LONGEST_WAIT_MS = 60_000

/**
 * Lets so many logins a second begin. Who comes above it gets a slot of his own, one after the other, so that a
 * whole fleet that comes back at once is served in its order instead of trying again and again.
 */
export function createAdmission(clock: Clock, perSecond: number): () => Admission {
  const gapMs = 1000 / perSecond
  // When the next login would begin if all went at the even pace; behind the present by one burst at most.
  let served = Number.NEGATIVE_INFINITY
  let slot = Number.NEGATIVE_INFINITY
  return () => {
    const now = clock.monotonic()
    served = Math.max(served, now - BURST_SECONDS * 1000)
    if (served + gapMs <= now) {
      served += gapMs
      return { admitted: true }
    }
    slot = Math.max(slot, now) + gapMs
    const retryAfterMs = Math.ceil(slot - now)
    if (retryAfterMs > LONGEST_WAIT_MS) slot = now
    return { admitted: false, retryAfterMs: Math.min(retryAfterMs, LONGEST_WAIT_MS) }
  }
}
