import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planRelease } from './plan.ts'
import type { RolloutState } from './port.ts'

const aState = (changes: Partial<RolloutState> = {}): RolloutState => ({
  workKey: 1,
  concurrencyLimit: 10,
  errorLimit: 0,
  errors: 0,
  running: 0,
  cancelled: false,
  ready: [],
  offline: false,
  ...changes,
})

const anyState = fc.record({
  workKey: fc.nat(),
  concurrencyLimit: fc.integer({ min: 1, max: 50 }),
  errorLimit: fc.nat(20),
  errors: fc.nat(25),
  running: fc.nat(60),
  cancelled: fc.boolean(),
  ready: fc.uniqueArray(fc.nat(1000), { maxLength: 80 }).map((keys) => keys.sort((a, b) => a - b)),
  offline: fc.boolean(),
})

test('never runs more than the limit', () => {
  fc.assert(
    fc.property(anyState, (state) => {
      const plan = planRelease(state)
      const released = plan.kind === 'release' ? plan.targets.length : 0
      expect(released === 0 || state.running + released <= state.concurrencyLimit).toBe(true)
    }),
  )
})

test('uses every free slot at once, without a ramp', () => {
  fc.assert(
    fc.property(anyState, (state) => {
      fc.pre(!state.cancelled && state.errors <= state.errorLimit)
      const plan = planRelease(state)
      const released = plan.kind === 'release' ? plan.targets.length : 0
      expect(released).toBe(Math.max(0, Math.min(state.concurrencyLimit - state.running, state.ready.length)))
    }),
  )
})

test('releases nothing once the error limit is exceeded or the work is cancelled', () => {
  fc.assert(
    fc.property(anyState, (state) => {
      fc.pre(state.cancelled || state.errors > state.errorLimit)
      expect(planRelease(state).kind).not.toBe('release')
    }),
  )
})

test('stops on the error after the limit, not on the limit', () => {
  const running = { ready: [1], errorLimit: 3 }
  expect(planRelease(aState({ ...running, errors: 3 })).kind).toBe('release')
  expect(planRelease(aState({ ...running, errors: 4 }))).toEqual({ kind: 'stop', reason: 'ErrorLimitReached' })
})

test('says why nothing is released', () => {
  expect(planRelease(aState({ ready: [1], running: 10 }))).toEqual({ kind: 'wait', reason: 'WaitingForSlot' })
  expect(planRelease(aState({ offline: true }))).toEqual({ kind: 'wait', reason: 'NodeOffline' })
  expect(planRelease(aState())).toEqual({ kind: 'wait', reason: 'NothingWaiting' })
})

test('releases in the order of the targets', () => {
  expect(planRelease(aState({ ready: [3, 5, 9], concurrencyLimit: 2 }))).toEqual({ kind: 'release', targets: [3, 5] })
})
