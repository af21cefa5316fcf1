import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startController, type TestController } from '../../test/rig/controller.ts'
import type { Bench } from '../frame/bench.ts'
import { alternate, pick } from '../frame/rounds.ts'
import { createSignedClient } from '../frame/signed-client.ts'
import { median, quantile } from '../frame/statistics.ts'
import { cpuMsOf } from '../stand/cpu-time.ts'
import { startHerdProcess } from '../stand/herd-process.ts'
import { enrolAll, openFloor, openMuster, ROOM, type Side } from '../stand/herd-sides.ts'
import { openStores } from '../stand/stores.ts'

const ASK_EVERY_MS = 20
const IDLE_ASKS = 100

interface Result {
  readonly seconds: number
  readonly again: number
  readonly cpuMs: number
  /** How long calls of the API took meanwhile, in milliseconds. */
  readonly asked: readonly number[]
}

/** A whole fleet logs in at once after its controller was killed, against TLS and the check of one signature. */
export const herd: Bench = {
  name: 'herd',
  about: 'all nodes log in at once after a restart',
  async run(setting) {
    const count = setting.quick ? 500 : 10_000
    await using stack = new AsyncDisposableStack()
    const stores = stack.use(await openStores(setting))
    const controller = stack.use(
      await startController({
        args: ['--log-level', 'warn', ...ROOM],
        listen: ['https://127.0.0.1:0', 'http://127.0.0.1:0'],
        database: (await stores.open()).url,
      }),
    )
    const nodes = stack.use(startHerdProcess())
    const floor = await openFloor(setting, controller, await enrolAll(nodes, controller, count))
    const muster = openMuster(controller)
    const caPem = await readFile(join(controller.data, 'pki', 'ca.pem'), 'utf8')
    const run = async (side: Side, of: number): Promise<Result> => {
      setting.signal.throwIfAborted()
      const { url, pid } = await side.restart()
      const asking = side === muster ? startAsking(controller) : undefined
      const before = await cpuMsOf(pid)
      const { seconds, again } = await nodes.herd({ url, caPem, count: of })
      const cpuMs = (await cpuMsOf(pid)) - before
      const asked = (await asking?.stop()) ?? []
      await nodes.leave()
      return { seconds, again, cpuMs, asked }
    }
    try {
      const rounds = await alternate(setting, { limit: () => run(floor, count), muster: () => run(muster, count) })
      const quarter = await run(muster, count / 4)
      const idle = await idleAsks(controller)
      const at = { nodes: count }
      const p99 = rounds.muster.map(({ asked }) => quantile(asked, 0.99))
      return {
        comparisons: [
          { name: 'logins', at, unit: 'logins/s', goal: '>=0.5', ...pick(rounds, ({ seconds }) => count / seconds) },
          { name: 'cpu_a_login', at, unit: 'ms', goal: '<=3', ...pick(rounds, ({ cpuMs }) => cpuMs / count) },
          { name: 'api_p99', at, unit: 'ms', goal: '<=10', limit: p99.map(() => quantile(idle, 0.99)), muster: p99 },
        ],
        growth: [
          {
            over: 'nodes',
            goal: '<=1.15',
            points: [
              { size: count / 4, cost: quarter.seconds },
              { size: count, cost: median(rounds.muster.map(({ seconds }) => seconds)) },
            ],
          },
        ],
        counts: { lost: 0, double: 0, errors: 0 },
      }
    } finally {
      await floor.stop()
    }
  },
}

interface Asking {
  stop(): Promise<readonly number[]>
}

/** Calls the API again and again, one call after the other, until it is told to stop. */
function startAsking(
  controller: TestController,
  stopAfter = Number.POSITIVE_INFINITY,
): Asking & { over: Promise<void> } {
  const client = createSignedClient(controller.url, controller)
  const asked: number[] = []
  let stopped = false
  const run = async (): Promise<void> => {
    while (!stopped && asked.length < stopAfter) {
      const started = performance.now()
      await client.call('AmazonSSM.DescribeDocument', { Name: 'AWS-RunShellScript' })
      asked.push(performance.now() - started)
      await delay(ASK_EVERY_MS)
    }
  }
  const over = run()
  return {
    over,
    async stop() {
      stopped = true
      await over
      client[Symbol.dispose]()
      return asked
    },
  }
}

async function idleAsks(controller: TestController): Promise<readonly number[]> {
  const asking = startAsking(controller, IDLE_ASKS)
  await asking.over
  return asking.stop()
}
