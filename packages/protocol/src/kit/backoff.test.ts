import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextDelay } from './backoff.ts'

const highest = () => 1 - Number.EPSILON

test('the ceiling doubles with each attempt up to the cap', () => {
  const ceilings = [0, 1, 2, 3, 4].map((attempt) => nextDelay({ attempt, baseMs: 100, capMs: 1000, random: highest }))
  expect(ceilings).toEqual([100, 200, 400, 800, 1000])
})

test('the jitter is full: the lowest pause is none at all', () => {
  expect(nextDelay({ attempt: 9, baseMs: 100, capMs: 60_000, random: () => 0 })).toBe(0)
})

test('the pause is a whole number from 0 to the cap for every attempt', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e9 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, r) => {
        const delay = nextDelay({ attempt, baseMs: 500, capMs: 60_000, random: () => r })
        expect(Number.isInteger(delay) && delay >= 0 && delay <= 60_000).toBe(true)
      },
    ),
  )
})
