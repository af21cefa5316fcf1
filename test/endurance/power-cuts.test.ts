import { expect, test } from 'vitest'
import { cutPower } from '../../packages/agent/src/journal/testing/power-cuts.ts'
import { record } from './record.ts'

const CUTS = 100_000
const given = process.env['MUSTER_SEED']
const firstSeed = given === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(given)

test(`loses no promise of the journal in ${CUTS} power cuts (first seed ${firstSeed})`, {
  timeout: 3_600_000,
}, async () => {
  const began = performance.now()
  const cuts = await cutPower({ cuts: CUTS, firstSeed })
  await record('power-cuts', { 'first seed': firstSeed, cuts, seconds: Math.round((performance.now() - began) / 1000) })
  expect(cuts).toBeGreaterThanOrEqual(CUTS)
})
