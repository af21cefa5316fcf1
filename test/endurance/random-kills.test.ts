import { expect, test } from 'vitest'
import { runRandomKills } from '../e2e/crash/random-kills.ts'
import { record } from './record.ts'

const KILLS = 500
const given = process.env['MUSTER_SEED']
const seed = given === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(given)

test(`keeps I1 to I6 over ${KILLS} kills at 50 commands a second (seed ${seed})`, { timeout: 3_600_000 }, async () => {
  const run = await runRandomKills({
    seed,
    kills: KILLS,
    perSecond: 68,
    floorPerSecond: 50,
    agents: 4,
    rounds: 10,
    agentShare: 0.15,
    followEnds: true,
    settleMs: 1_800_000,
  })
  const broken = Map.groupBy(run.violations, ({ invariant }) => invariant)
  await record('random-kills', {
    seed,
    kills: KILLS,
    seconds: Math.round(run.seconds),
    'commands accepted': run.accepted,
    'commands accepted a second, in the round with the fewest': run.acceptedPerSecond.toFixed(1),
    'calls repeated': run.repeats,
    'lost (I1)': broken.get('I1')?.length ?? 0,
    'run twice (I2)': broken.get('I2')?.length ?? 0,
    'all broken promises': run.violations.length,
    ends: Object.entries(run.states)
      .map(([state, count]) => `${state} ${count}`)
      .join(', '),
  })
  expect(run.violations.slice(0, 20), run.hint).toEqual([])
  expect(Object.keys(run.states), run.hint).toEqual(['Success'])
})
