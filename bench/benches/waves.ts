import type { Bench } from '../frame/bench.ts'
import { alternate, pick } from '../frame/rounds.ts'
import { startFleetStand } from '../stand/fleet-stand.ts'

/** One command in waves: each node that ends lets the next one start. */
export const waves: Bench = {
  name: 'waves',
  about: 'one command to 1,000 simulated nodes, at most 50 and at most 10 % at a time',
  async run(setting) {
    const nodes = setting.quick ? 300 : 1000
    await using stand = await startFleetStand(setting, nodes)
    await stand.bare.connect(nodes)
    await stand.runOnAll()
    const measure = async (maxConcurrency: string, atOnce: number) => {
      const rounds = await alternate(setting, {
        limit: () => stand.bare.echo(nodes, atOnce),
        muster: async () => (await stand.runOnAll({ maxConcurrency })).committedMs,
      })
      return {
        ...{ name: 'last_result_committed', unit: 'ms', goal: '<=1.5', at: { nodes, at_once: atOnce } },
        ...pick(rounds, (ms) => ms),
      }
    }
    return {
      comparisons: [await measure('50', 50), await measure('10%', nodes / 10)],
      growth: [],
      counts: stand.counts(),
    }
  },
}
