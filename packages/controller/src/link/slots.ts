/** Which login may begin when, as plain arithmetic over monotonic milliseconds. */
export interface Slots {
  /** `now`, `wait` for a later `release`, or milliseconds after which to come back. */
  arrive(at: number): 'now' | 'wait' | number
  /** How many of those that wait may begin; to be asked every `TICK_MS` while some do. */
  release(at: number): number
}

export interface SlotOptions {
  /** Logins a second: never fewer, at first, never more. */
  readonly rate: { readonly least: number; readonly start: number; readonly most: number }
  /** Logins that wait on their open connection. */
  readonly held: number
}

export const TICK_MS = 20
const BURST_MS = 100
const HELD_MS = 5_000
const LONGEST_WAIT_MS = 60_000
// A tick this late means that the process has more to do than it can; one as punctual as this, that it has time left.
const LATE_MS = 150
const PUNCTUAL_MS = 60

/**
 * Lets logins begin at a rate that this process can take: it grows while the loop is punctual and shrinks when it is
 * late, so that what is connected already is served meanwhile. Some wait on the connection that they have; who comes
 * above that gets a slot of its own, one after the other, instead of trying again and again.
 */
export function createSlots({ rate: { least, start, most }, held }: SlotOptions): Slots {
  let rate = start
  let tokens = 0
  let earnedAt = Number.NEGATIVE_INFINITY
  let releasedAt = 0
  let waiting = 0
  let slot = Number.NEGATIVE_INFINITY

  function earn(at: number): void {
    const burst = Math.max(1, (rate * BURST_MS) / 1000)
    tokens = Math.min(burst, tokens + ((at - earnedAt) * rate) / 1000)
    earnedAt = at
  }

  function adapt(elapsed: number): void {
    const lateMs = elapsed - TICK_MS
    if (lateMs > LATE_MS) rate = Math.max(least, rate * 0.8)
    else if (lateMs < PUNCTUAL_MS) rate = Math.min(most, rate * (1 + elapsed / 1000))
  }

  function comeBack(at: number): number {
    const gap = 1000 / rate
    slot = Math.max(slot, at + waiting * gap) + gap
    const waitMs = Math.ceil(slot - at)
    if (waitMs > LONGEST_WAIT_MS) slot = at
    return Math.min(waitMs, LONGEST_WAIT_MS)
  }

  return {
    arrive(at) {
      earn(at)
      if (waiting === 0 && tokens >= 1) {
        tokens -= 1
        return 'now'
      }
      if (waiting >= Math.min(held, (rate * HELD_MS) / 1000)) return comeBack(at)
      if (waiting === 0) releasedAt = at
      waiting += 1
      return 'wait'
    },
    release(at) {
      adapt(at - releasedAt)
      releasedAt = at
      earn(at)
      const count = Math.min(waiting, Math.floor(tokens))
      tokens -= count
      waiting -= count
      return count
    },
  }
}
