import { fileURLToPath } from 'node:url'
import { startController, type TestController } from '../../test/rig/controller.ts'
import { type Program, startProgram } from '../../test/rig/program.ts'
import type { Bench, Setting } from '../frame/bench.ts'
import { alternate, pick } from '../frame/rounds.ts'
import { createSignedClient } from '../frame/signed-client.ts'
import { cpuMsOf } from '../stand/cpu-time.ts'
import { type FloodTarget, flood } from '../stand/flood.ts'
import { multiplyParameters } from '../stand/multiply-parameters.ts'
import { openStores, type Stores } from '../stand/stores.ts'

const CLIENTS = 32
const WARM_CALLS = 20_000
const FEW = 100
const MANY = 100_000
const KEY = { accessKeyId: 'AKIABENCHBENCHBENCHB', secretAccessKey: 'bench-secret', region: 'us-east-1' }
// Rates are counted and never met.
const RATES = ['--rate-reads', '1000000', '--rate-writes', '1000000', '--rate-sends', '1000000', '--rate-refused', '10']

const GET = { target: 'AmazonSSM.GetParameter', input: { Name: '/bench/7/3' } }
const SECRET = { target: 'AmazonSSM.GetParameter', input: { Name: '/secret', WithDecryption: true } }
const BY_PATH = { target: 'AmazonSSM.GetParametersByPath', input: { Path: '/bench/7' } }
// Each client has a parameter of its own: what is measured is the service, not one row.
const puts = Array.from({ length: CLIENTS }, (_, client) => ({
  ...{
    target: 'AmazonSSM.PutParameter',
    input: { Name: `/put/${client}`, Value: 'x', Type: 'String', Overwrite: true },
  },
}))

interface Rate {
  readonly rate: number
  readonly errors: number
  /** Milliseconds of processor time a call, all threads. */
  readonly cpuMs: number
}

type Call = Pick<FloodTarget, 'target' | 'input'>
type Side = Pick<FloodTarget, 'url' | 'key'> & { readonly pid: number }

/** Calls a second of all clients together, which send these calls in equal parts. */
async function rateOf(side: Side, calls: readonly Call[], forMs: number): Promise<Rate> {
  const before = await cpuMsOf(side.pid)
  const floods = await Promise.all(calls.map((call) => flood({ ...side, ...call }, CLIENTS / calls.length, forMs)))
  const done = floods.reduce((sum, each) => sum + each.calls, 0)
  const errors = floods.reduce((sum, each) => sum + each.errors, 0)
  const cpuMs = ((await cpuMsOf(side.pid)) - before) / done
  return { rate: done / Math.max(...floods.map(({ seconds }) => seconds)), errors, cpuMs }
}

async function warm(side: Side, calls: readonly Call[], signal: AbortSignal): Promise<void> {
  for (let done = 0; done < WARM_CALLS; ) {
    signal.throwIfAborted()
    done += (await rateOf(side, calls, 1000)).rate
  }
}

const sideOf = (controller: TestController): Side => ({
  ...{ url: controller.url, key: controller, pid: controller.program.pid },
})

/** A controller that has so many parameters. */
async function startStand(stores: Stores, stored: number): Promise<TestController> {
  const store = await stores.open()
  const controller = await startController({ args: ['--log-level', 'warn', ...RATES], database: store.url })
  await controller.call('PutParameter', { Name: '/bench/0/0', Value: 'value', Type: 'String', Tier: 'Advanced' })
  await controller.call('PutParameter', { Name: '/secret', Value: 'a secret', Type: 'SecureString' })
  await controller.stop('SIGTERM')
  await multiplyParameters(store, stored)
  await controller.start()
  return controller
}

interface Round {
  readonly get: Rate
  readonly secure: Rate
  readonly byPath: Rate
  readonly put: Rate
}

/** Reads and writes of parameters through the whole API, against signed fastify that answers as many bytes. */
export const parameters: Bench = {
  name: 'parameters',
  about: 'GetParameter, of a SecureString too, a page of a path, PutParameter; 100 and 100,000 stored',
  async run(setting) {
    const forMs = setting.quick ? 1500 : 5000
    await using stores = await openStores(setting)
    await using few = await startStand(stores, FEW)
    await using many = await startStand(stores, MANY)
    const floor = await startFloor(few)
    try {
      const rounds = await compare(setting, floor.side, sideOf(few), forMs)
      await warm(sideOf(many), [GET], setting.signal)
      await rateOf(sideOf(many), puts, 2000)
      const grown = await alternate(setting, {
        limit: () => measureGrowth(sideOf(few), forMs),
        muster: () => measureGrowth(sideOf(many), forMs),
      })
      const at = { clients: CLIENTS, stored: FEW }
      const calls = (name: string, goal: string, rate: (round: Round) => number) => ({
        ...{ name, at, unit: 'calls/s', goal },
        ...{ limit: rounds.limit.map(({ get }) => get.rate), muster: rounds.muster.map(rate) },
      })
      const growth = (name: keyof Awaited<ReturnType<typeof measureGrowth>>) => ({
        ...{ name: `${name}_stored`, at: { clients: CLIENTS, stored: MANY }, unit: 'ms', goal: '<=1.15' },
        ...pick(grown, (round) => round[name].cpuMs),
      })
      const all = [...rounds.limit, ...rounds.muster].flatMap((round) => Object.values(round) as Rate[])
      return {
        comparisons: [
          calls('get', '>=0.55', ({ get }) => get.rate),
          calls('get_secure', '>=0.35', ({ secure }) => secure.rate),
          calls('put', '>=0.35', ({ put }) => put.rate),
          {
            ...{ name: 'path_page_of_get', at, unit: 'ms', goal: '<=3' },
            limit: rounds.muster.map(({ get }) => CLIENTS / get.rate),
            muster: rounds.muster.map(({ byPath }) => CLIENTS / byPath.rate),
          },
          ...[growth('get'), growth('byPath'), growth('put')],
        ],
        growth: [],
        counts: { lost: 0, double: 0, errors: all.reduce((sum, { errors }) => sum + errors, 0) },
      }
    } finally {
      floor.program.kill('SIGTERM')
      await floor.program.exited
    }
  },
}

async function startFloor(controller: TestController): Promise<{ readonly program: Program; readonly side: Side }> {
  using client = createSignedClient(controller.url, controller)
  const answer = JSON.stringify(await client.call(GET.target, GET.input))
  const script = fileURLToPath(new URL('../floors/api-floor.ts', import.meta.url))
  const program = startProgram({ script, args: [KEY.secretAccessKey, answer] })
  return { program, side: { url: `http://127.0.0.1:${await program.firstLine}`, key: KEY, pid: program.pid } }
}

async function compare(setting: Setting, floor: Side, muster: Side, forMs: number) {
  for (const side of [floor, muster]) await warm(side, [GET], setting.signal)
  await rateOf(muster, puts, 2000)
  return alternate<Round>(setting, {
    async limit() {
      const get = await rateOf(floor, [GET], forMs)
      return { get, secure: get, byPath: get, put: get }
    },
    muster: async () => ({
      get: await rateOf(muster, [GET], forMs),
      secure: await rateOf(muster, [SECRET], forMs),
      byPath: await rateOf(muster, [BY_PATH], forMs),
      put: await rateOf(muster, puts, forMs),
    }),
  })
}

const measureGrowth = async (side: Side, forMs: number) => ({
  get: await rateOf(side, [GET], forMs),
  byPath: await rateOf(side, [BY_PATH], forMs),
  put: await rateOf(side, puts, forMs),
})
