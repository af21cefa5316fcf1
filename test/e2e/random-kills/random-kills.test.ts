import { expect, test } from 'vitest'
import { runRandomKills } from '../crash/random-kills.ts'

const given = process.env['MUSTER_SEED']
const fresh = () => Math.floor(Math.random() * 2 ** 32)
const seeds = given === undefined ? [fresh(), fresh()] : [Number(given)]

test.each(seeds)(
  'keeps I1 to I6 over 30 kills at 50 commands a second (seed %i)',
  { timeout: 240_000 },
  async (seed) => {
    const run = await runRandomKills({
      seed,
      kills: 30,
      perSecond: 70,
      floorPerSecond: 50,
      agents: 4,
      agentShare: 0.1,
      settleMs: 90_000,
    })
    expect(run.violations.slice(0, 20), run.hint).toEqual([])
    // Only agents and controllers were killed: no script may have felt it.
    expect(Object.keys(run.states), run.hint).toEqual(['Success'])
  },
)
