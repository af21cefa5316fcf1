import type { Clock } from './clock.ts'

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Lets time pass on both clocks. */
  advance(ms: number): void
  /** Sets wall time only, as an operator or NTP does. */
  set(at: number): void
}

/** Makes the one fake clock that the tests of all packages use. */
export function createManualClock(at = 0): ManualClock {
  let wall = at
  let elapsed = 0
  return {
    now: () => wall,
    monotonic: () => elapsed,
    advance(ms) {
      if (!(ms >= 0)) throw new RangeError('time only passes forwards')
      wall += ms
      elapsed += ms
    },
    set(value) {
      wall = value
    },
  }
}
