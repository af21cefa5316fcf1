import { join } from 'node:path'
import { openBareRows } from '../floors/bare-rows.ts'
import type { Bench, Comparison, Counts, Setting } from '../frame/bench.ts'
import { alternate, pick } from '../frame/rounds.ts'
import { median } from '../frame/statistics.ts'
import { startFleetStand } from '../stand/fleet-stand.ts'

const BATCH = 1000
const SIZES = { quick: [200, 1000], full: [1000, 5000] }

/** One command to everybody, from the call to the last committed result. */
export const fanout: Bench = {
  name: 'fanout',
  about: 'SendCommand to all of 1,000 and 5,000 simulated nodes over TLS, to the last committed result',
  async run(setting) {
    const all: Awaited<ReturnType<typeof runSize>>[] = []
    for (const nodes of setting.quick ? SIZES.quick : SIZES.full) all.push(await runSize(setting, nodes))
    const sum = (name: keyof Counts) => all.reduce((total, { counts }) => total + counts[name], 0)
    return {
      comparisons: all.flatMap(({ comparisons }) => comparisons),
      growth: [{ over: 'nodes', goal: '<=1.15', points: all.map(({ nodes, cost }) => ({ size: nodes, cost })) }],
      counts: { lost: sum('lost'), double: sum('double'), errors: sum('errors') },
    }
  },
}

async function runSize(setting: Setting, nodes: number) {
  await using stand = await startFleetStand(setting, nodes)
  using rows = openBareRows(join(setting.folder, `rows-${nodes}.db`))
  await stand.bare.connect(nodes)
  await stand.runOnAll()
  const rounds = await alternate(setting, {
    async limit() {
      const echoMs = await stand.bare.echo(nodes)
      return { lastStartMs: echoMs, committedMs: echoMs + rows.insertMs(nodes) + rows.updateMs(nodes, BATCH) }
    },
    muster: () => stand.runOnAll(),
  })
  const figure = (name: string, goal: string, key: 'committedMs' | 'lastStartMs'): Comparison => ({
    ...{ name, goal, unit: 'ms', at: { nodes } },
    ...pick(rounds, (round) => round[key]),
  })
  return {
    nodes,
    cost: median(rounds.muster.map(({ committedMs }) => committedMs)),
    counts: stand.counts(),
    comparisons: [figure('last_result_committed', '<=2', 'committedMs'), figure('last_delivery', '<=2', 'lastStartMs')],
  }
}
