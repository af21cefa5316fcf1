import { expect, test } from 'vitest'
import { runRandomKills } from '../e2e/crash/random-kills.ts'

const given = process.env['MUSTER_SEED']
const seed = given === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(given)

test(`keeps I1 to I6 over 500 kills at 50 commands a second (seed ${seed})`, { timeout: 3_600_000 }, async () => {
  const run = await runRandomKills({
    seed,
    kills: 500,
    perSecond: 55,
    floorPerSecond: 50,
    agents: 4,
    settleMs: 1_800_000,
  })
  expect(run.violations.slice(0, 20), run.hint).toEqual([])
  expect(Object.keys(run.states), run.hint).toEqual(['Success'])
})
