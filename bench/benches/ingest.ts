import { join } from 'node:path'
import { openBareRows } from '../floors/bare-rows.ts'
import type { Bench } from '../frame/bench.ts'
import { alternate, pick } from '../frame/rounds.ts'
import { startFleetStand } from '../stand/fleet-stand.ts'

const BATCH = 1000
/** All nodes have to be at work before the first may end. */
const HEAD_START_MS = { quick: 5000, full: 15_000 }

/** Results of all nodes in one burst: how many a second are committed. */
export const ingest: Bench = {
  name: 'ingest',
  about: 'results that come from 5,000 connections at one moment, until they are committed',
  async run(setting) {
    const nodes = setting.quick ? 1000 : 5000
    const headStart = setting.quick ? HEAD_START_MS.quick : HEAD_START_MS.full
    await using stand = await startFleetStand(setting, nodes)
    using rows = openBareRows(join(setting.folder, 'rows.db'))
    await stand.bare.connect(nodes)
    await stand.runOnAll()
    const rounds = await alternate(setting, {
      async limit() {
        const echoMs = await stand.bare.echo(nodes)
        rows.insertMs(nodes)
        return nodes / (Math.max(echoMs, rows.updateMs(nodes, BATCH)) / 1000)
      },
      async muster() {
        const endAt = Date.now() + headStart
        await stand.fleet.order({ do: 'script', script: { endAt } })
        const begin = performance.now()
        const { committedMs, lastStartMs } = await stand.runOnAll()
        if (lastStartMs > headStart) throw new Error(`the last node started after ${lastStartMs} ms: no burst`)
        return nodes / ((begin + committedMs - (begin + headStart)) / 1000)
      },
    })
    return {
      comparisons: [
        {
          name: 'results_committed',
          at: { nodes, stored: 0 },
          unit: 'results/s',
          goal: '>=0.6',
          ...pick(rounds, (rate) => rate),
        },
      ],
      growth: [],
      counts: stand.counts(),
    }
  },
}
