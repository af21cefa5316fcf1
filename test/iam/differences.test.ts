import { expect, it } from 'vitest'
import { findDifferences } from './differences.ts'

it('decides 100,000 random cases as an evaluator does that shares nothing with it', { timeout: 300_000 }, () => {
  const { decisions, different } = findDifferences(20_261_130, 100_000)
  expect(different).toEqual([])
  // Cases that all end alike would prove little.
  for (const count of Object.values(decisions)) expect(count).toBeGreaterThan(10_000)
})
