import { expect, test } from 'vitest'
import { systemClock } from './clock.ts'
import { createManualClock } from './manual-clock.ts'

test('the system clock tells epoch milliseconds and a monotonic time that does not go back', () => {
  expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1000)
  const before = systemClock.monotonic()
  expect(systemClock.monotonic()).toBeGreaterThanOrEqual(before)
})

test('a manual clock moves both times on advance, and wall time alone on set', () => {
  const clock = createManualClock(1000)
  clock.advance(250)
  clock.set(5)
  clock.advance(1)
  expect([clock.now(), clock.monotonic()]).toEqual([6, 251])
})

test('a manual clock never runs backwards by advance', () => {
  expect(() => createManualClock().advance(-1)).toThrow('time only passes forwards')
})
