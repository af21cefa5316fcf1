import { createManualClock } from '@muster/protocol/kit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createLoopWatch } from './loop-watch.ts'

function open() {
  const clock = createManualClock()
  const stalled: number[] = []
  return { clock, stalled, watch: createLoopWatch({ clock, onStall: (ms) => stalled.push(ms) }) }
}

it('counts the time that passes while the process comes to its work', () => {
  const { clock, watch, stalled } = open()
  using _watch = watch
  for (let tick = 0; tick < 50; tick++) {
    clock.advance(100)
    watch.look()
  }
  clock.advance(30)
  expect(watch.steady()).toBe(5030)
  expect(stalled).toEqual([])
})

it('counts a stall as one period, while it lasts and afterwards, and tells of it once', () => {
  const { clock, watch, stalled } = open()
  using _watch = watch
  clock.advance(5000)
  expect(watch.steady()).toBe(100)
  watch.look()
  expect(watch.steady()).toBe(100)
  clock.advance(50)
  expect(watch.steady()).toBe(150)
  expect(stalled).toEqual([4900])
  expect(watch.stalls()).toBe(1)
})

it('never goes back and never runs ahead of the clock', () => {
  const step = fc.record({ by: fc.nat(3000), looks: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const { clock, watch } = open()
      using _watch = watch
      let last = 0
      for (const { by, looks } of steps) {
        clock.advance(by)
        if (looks) watch.look()
        expect(watch.steady()).toBeGreaterThanOrEqual(last)
        expect(watch.steady()).toBeLessThanOrEqual(clock.monotonic())
        last = watch.steady()
      }
    }),
  )
})
