import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { encodeFrame, LINK_VERSION } from '@muster/protocol/link'
import { startController, type TestController } from '../../test/rig/controller.ts'
import { type Program, startProgram } from '../../test/rig/program.ts'
import type { Bench, Setting } from '../frame/bench.ts'
import { alternate, pick } from '../frame/rounds.ts'
import { createSignedClient } from '../frame/signed-client.ts'
import { median, quantile } from '../frame/statistics.ts'
import { cpuMsOf } from '../stand/cpu-time.ts'
import { type HerdProcess, startHerdProcess } from '../stand/herd-process.ts'
import { openStores } from '../stand/stores.ts'

const MOST_AT_ONE_ACTIVATION = 1000
/** All nodes come from one address here, as no fleet does. */
const ROOM = ['--max-connections', '30000', '--max-connections-per-source', '30000']
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
      const asking = side.ask()
      const before = await cpuMsOf(pid)
      const { seconds, again } = await nodes.herd({ url, caPem, count: of })
      const cpuMs = (await cpuMsOf(pid)) - before
      const asked = await asking.stop()
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

interface Side {
  /** Kills it and starts it again; answers where nodes log in. */
  restart(): Promise<{ readonly url: string; readonly pid: number }>
  ask(): Asking
}

const secure = ({ urls }: TestController): string => urls.find((url) => url.startsWith('https:')) ?? ''

function openMuster(controller: TestController): Side {
  return {
    async restart() {
      await controller.stop('SIGKILL')
      await controller.start()
      return { url: secure(controller), pid: controller.program.pid }
    },
    ask: () => startAsking(controller),
  }
}

async function openFloor(
  { folder }: Setting,
  controller: TestController,
  nodes: readonly (readonly [string, string])[],
): Promise<Side & { stop(): Promise<void> }> {
  const nodesFile = join(folder, 'nodes.json')
  await writeFile(nodesFile, JSON.stringify(nodes))
  const files = ['server.pem', 'server-key.pem'].map((name) => join(controller.data, 'pki', name))
  const welcome = encodeFrame({
    kind: 'welcome',
    welcome: {
      linkVersion: LINK_VERSION,
      controllerTime: 0,
      heartbeatMs: 300_000,
      epoch: 1,
      receivedRecord: 0,
      accountId: controller.accountId,
      region: controller.region,
      controllerId: 'floor',
      generation: 0,
      quarantined: false,
      dropUnstarted: false,
    },
  })
  let program: Program | undefined
  const stop = async (): Promise<void> => {
    program?.kill('SIGKILL')
    await program?.exited
  }
  return {
    stop,
    async restart() {
      await stop()
      program = startProgram({
        script: fileURLToPath(new URL('../floors/herd-floor.ts', import.meta.url)),
        args: [...files, nodesFile, Buffer.from(welcome).toString('base64')],
      })
      return { url: `https://127.0.0.1:${await program.firstLine}`, pid: program.pid }
    },
    ask: () => ({ stop: async () => [] }),
  }
}

async function enrolAll(nodes: HerdProcess, controller: TestController, count: number) {
  let enrolled: readonly (readonly [string, string])[] = []
  for (let from = 0; from < count; from += MOST_AT_ONE_ACTIVATION) {
    const some = Math.min(MOST_AT_ONE_ACTIVATION, count - from)
    const { ActivationId = '', ActivationCode = '' } = await controller.call('CreateActivation', {
      IamRole: 'MusterNode',
      RegistrationLimit: some,
    })
    enrolled = await nodes.enrol({
      url: controller.url,
      activationId: ActivationId,
      code: ActivationCode,
      count: some,
    })
  }
  return enrolled
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
