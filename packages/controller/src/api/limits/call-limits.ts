import { genericErrors } from '@muster/protocol/api'
import type { Clock } from '@muster/protocol/kit'
import { ApiError } from '#api/api-error.ts'
import { createLeakyBuckets, type LeakyBuckets } from '#kit/leaky-buckets.ts'
import type { CallClass, CallRates } from './rates.ts'

/** What a call is counted as. */
export interface Counted {
  readonly principalId: string
  readonly class: CallClass
  /** It may wait for news, and then holds nothing but memory. */
  readonly waits: boolean
}

/** Bounds how often each principal calls, and how many calls are under way. */
export interface CallLimits {
  /** Counts a call in, or throws the error that its caller gets. */
  enter(call: Counted): void
  /** To be called once for each call that was counted in. */
  leave(call: Counted): void
  underWay(): number
}

export interface CallLimitDeps {
  readonly clock: Clock
  readonly rates: CallRates
  /** Calls under way beyond which new ones are sent away: those that work, those that may wait, and these of one principal. */
  readonly most?: { readonly working: number; readonly waiting: number; readonly waitingOfOne: number }
}

/** What works waits for the store in turns, so this bounds how long that queue is. */
const MOST = { working: 1000, waiting: 2000, waitingOfOne: 500 }
const BURST_SECONDS = 2
const MAX_PRINCIPALS = 20_000

/** Makes the limits of one API. */
export function createCallLimits({ clock, rates, most = MOST }: CallLimitDeps): CallLimits {
  const buckets: Readonly<Record<CallClass, LeakyBuckets | undefined>> = {
    read: bucketsFor(rates.read),
    write: bucketsFor(rates.write),
    send: bucketsFor(rates.send),
  }
  const underWay = { working: 0, waiting: 0 }
  const waitingOf = new Map<string, number>()
  const kindOf = ({ waits }: Counted) => (waits ? 'waiting' : 'working')
  return {
    enter(call) {
      const hasRoom = buckets[call.class]?.take(call.principalId, clock.monotonic()) ?? true
      if (!hasRoom) throw new ApiError('ThrottlingException', genericErrors.ThrottlingException.text)
      const waiting = waitingOf.get(call.principalId) ?? 0
      if (call.waits && waiting >= most.waitingOfOne)
        throw new ApiError(
          'ThrottlingException',
          `At most ${most.waitingOfOne} calls of one principal may wait for news at a time.`,
        )
      if (underWay[kindOf(call)] >= most[kindOf(call)])
        throw new ApiError('ServiceUnavailable', 'The controller is full: too many requests are under way. Try again.')
      underWay[kindOf(call)] += 1
      if (call.waits) waitingOf.set(call.principalId, waiting + 1)
    },
    leave(call) {
      underWay[kindOf(call)] -= 1
      const waiting = waitingOf.get(call.principalId) ?? 0
      if (call.waits && waiting > 1) waitingOf.set(call.principalId, waiting - 1)
      else if (call.waits) waitingOf.delete(call.principalId)
    },
    underWay: () => underWay.working + underWay.waiting,
  }
}

const bucketsFor = (perSecond: number): LeakyBuckets | undefined =>
  perSecond === 0
    ? undefined
    : createLeakyBuckets({ burst: perSecond * BURST_SECONDS, leakMs: 1000 / perSecond, maxKeys: MAX_PRINCIPALS })
