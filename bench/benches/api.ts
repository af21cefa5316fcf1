import { fileURLToPath } from 'node:url'
import { startController } from '../../test/rig/controller.ts'
import { startProgram } from '../../test/rig/program.ts'
import type { Bench } from '../frame/bench.ts'
import { alternate, pick } from '../frame/rounds.ts'
import { createSignedClient } from '../frame/signed-client.ts'
import { cpuMsOf } from '../stand/cpu-time.ts'
import { type Flooded, type FloodTarget, flood } from '../stand/flood.ts'
import { openStores } from '../stand/stores.ts'

const CLIENTS = 32
/** Code is compiled for speed only once it has run often. */
const WARM_CALLS = 20_000
const KEY = { accessKeyId: 'AKIABENCHBENCHBENCHB', secretAccessKey: 'bench-secret', region: 'us-east-1' }
/** Reads no row: what remains is what every call costs. */
const CALL = { target: 'AmazonSSM.DescribeDocument', input: { Name: 'AWS-RunShellScript' } }
// Rates are counted and never met.
const RATES = ['--rate-reads', '1000000', '--rate-writes', '1000000', '--rate-sends', '1000000', '--rate-refused', '10']

interface Result extends Flooded {
  readonly cpuMs: number
}

async function warm(at: FloodTarget, signal: AbortSignal): Promise<void> {
  for (let calls = 0; calls < WARM_CALLS; ) {
    signal.throwIfAborted()
    calls += (await flood(at, CLIENTS, 1000)).calls
  }
}

/** The least signed call through the whole pipeline, against fastify that does nothing but check the signature. */
export const api: Bench = {
  name: 'api',
  about: 'the least signed call, 32 clients, against signed fastify',
  async run(setting) {
    const forMs = setting.quick ? 4000 : 10_000
    await using stores = await openStores(setting)
    await using controller = await startController({
      args: ['--log-level', 'warn', ...RATES],
      database: (await stores.open()).url,
    })
    using client = createSignedClient(controller.url, controller)
    // The floor answers as many bytes.
    const answer = JSON.stringify(await client.call(CALL.target, CALL.input))
    const floor = startProgram({
      script: fileURLToPath(new URL('../floors/api-floor.ts', import.meta.url)),
      args: [KEY.secretAccessKey, answer],
    })
    const floorUrl = `http://127.0.0.1:${await floor.firstLine}`
    const sides = {
      limit: { at: { ...CALL, url: floorUrl, key: KEY }, pid: floor.pid },
      muster: { at: { ...CALL, url: controller.url, key: controller }, pid: controller.program.pid },
    }
    const measure = async ({ at, pid }: { at: FloodTarget; pid: number }): Promise<Result> => {
      const before = await cpuMsOf(pid)
      const flooded = await flood(at, CLIENTS, forMs)
      return { ...flooded, cpuMs: (await cpuMsOf(pid)) - before }
    }
    try {
      for (const { at } of [sides.limit, sides.muster]) await warm(at, setting.signal)
      const rounds = await alternate(setting, {
        limit: () => measure(sides.limit),
        muster: () => measure(sides.muster),
      })
      const errors = [...rounds.limit, ...rounds.muster].reduce((sum, result) => sum + result.errors, 0)
      const at = { clients: CLIENTS }
      return {
        comparisons: [
          {
            name: 'calls',
            at,
            unit: 'calls/s',
            goal: '>=0.6',
            ...pick(rounds, ({ calls, seconds }) => calls / seconds),
          },
          {
            name: 'cpu_a_call',
            at,
            unit: 'µs',
            goal: '<=1.67',
            ...pick(rounds, ({ calls, cpuMs }) => (cpuMs * 1000) / calls),
          },
        ],
        growth: [],
        counts: { lost: 0, double: 0, errors },
      }
    } finally {
      floor.kill('SIGTERM')
      await floor.exited
    }
  },
}
