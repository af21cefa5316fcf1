import { createLeakyBuckets } from '#kit/leaky-buckets.ts'
import { networkOf } from '#kit/network.ts'

/** Slows down who guesses passwords, for each account from each source by itself, so that nobody else is locked out. */
export interface Attempts {
  /** Milliseconds that this source has to wait for this account; 0 when it may try now. */
  waitMs(account: string, source: string, at: number): number
  /** Counts a try as one that failed until it has succeeded, so that tries at the same time count too. */
  begun(account: string, source: string, at: number): void
  failed(at: number): void
  succeeded(account: string, source: string): void
}

const FREE_TRIES = 5
const MAX_WAIT_MS = 900_000
const FORGOTTEN_MS = 3_600_000
const MAX_PLACES = 20_000
/** What all sources together may get wrong: 300 at once, then 10 a second. */
const ALL = { burst: 300, leakMs: 100, maxKeys: 1 }

interface Failures {
  readonly count: number
  readonly at: number
}

/** Makes the keeper of one controller. Places that got in before are let in whatever others do. */
export function createAttempts(): Attempts {
  const failures = new Map<string, Failures>()
  const proven = new Set<string>()
  const everyone = createLeakyBuckets(ALL)
  const placeOf = (account: string, source: string): string => `${networkOf(source)} ${account.toLowerCase()}`
  const bound = (places: { delete(key: string): boolean; keys(): Iterable<string>; readonly size: number }): void => {
    if (places.size > MAX_PLACES) for (const oldest of places.keys()) if (places.delete(oldest)) break
  }
  const countOf = (place: string, at: number): number => {
    const known = failures.get(place)
    return known && Math.abs(at - known.at) < FORGOTTEN_MS ? known.count : 0
  }
  return {
    waitMs(account, source, at) {
      const place = placeOf(account, source)
      const count = countOf(place, at)
      const own = count < FREE_TRIES ? 0 : Math.min(MAX_WAIT_MS, 1000 * 2 ** (count - FREE_TRIES))
      const since = Math.max(0, at - (failures.get(place)?.at ?? 0))
      const wait = Math.max(0, own - since)
      return wait > 0 || proven.has(place) ? wait : everyone.waitMs('', at)
    },
    begun(account, source, at) {
      const place = placeOf(account, source)
      const count = countOf(place, at) + 1
      failures.delete(place)
      failures.set(place, { count, at })
      bound(failures)
    },
    failed: (at) => everyone.add('', at),
    succeeded(account, source) {
      const place = placeOf(account, source)
      failures.delete(place)
      proven.delete(place)
      proven.add(place)
      bound(proven)
    },
  }
}
