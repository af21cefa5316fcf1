import { expect, test } from 'vitest'
import { cutPower } from './testing/power-cuts.ts'

const CUTS = 10_000

test(`recovers to a prefix that holds every promise after ${CUTS} power cuts`, { timeout: 300_000 }, async () => {
  expect(await cutPower({ cuts: CUTS, firstSeed: 1 })).toBeGreaterThanOrEqual(CUTS)
})
