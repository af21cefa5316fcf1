import type { Clock } from '@muster/protocol/kit'

/** Knows when this process stood still: one thread does everything, so one long piece of work stops all the others. */
export interface LoopWatch extends Disposable {
  /**
   * Monotonic milliseconds in which this process came to its work: however long it stood still, that counts as one
   * period. Whoever judges the silence of others by it does not take its own for theirs.
   */
  steady(): number
  /** Stalls of a second and more so far. */
  stalls(): number
  /** Looks at the clock; the watch does so by itself every period. */
  look(): void
}

export interface LoopWatchDeps {
  readonly clock: Clock
  /** Told after a stall of a second or more. */
  readonly onStall: (stalledMs: number) => void
}

const PERIOD_MS = 100
const STALL_MS = 1000

/** Starts watching; does not keep the process alive. */
export function createLoopWatch({ clock, onStall }: LoopWatchDeps): LoopWatch {
  let lookedAt = clock.monotonic()
  let counted = 0
  let stalls = 0
  const sinceLook = (): number => Math.min(PERIOD_MS, clock.monotonic() - lookedAt)
  const look = (): void => {
    const stalledMs = clock.monotonic() - lookedAt - PERIOD_MS
    counted += sinceLook()
    lookedAt = clock.monotonic()
    if (stalledMs < STALL_MS) return
    stalls += 1
    onStall(Math.round(stalledMs))
  }
  const timer = setInterval(look, PERIOD_MS)
  timer.unref()
  return {
    steady: () => counted + sinceLook(),
    stalls: () => stalls,
    look,
    [Symbol.dispose]: () => clearInterval(timer),
  }
}
