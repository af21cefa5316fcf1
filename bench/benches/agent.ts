import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { buildAgent } from '../../scripts/build-agent.ts'
import { startController, type TestController } from '../../test/rig/controller.ts'
import { startProgram } from '../../test/rig/program.ts'
import { buildAgentFloor, startEchoServer } from '../floors/agent-floor.ts'
import type { Bench, Comparison, Setting } from '../frame/bench.ts'
import { alternate, pick } from '../frame/rounds.ts'
import { type IdleProcess, startIdle } from '../stand/idle-process.ts'

/** The controller's first period, which the bare agent keeps too. */
const HEARTBEAT_MS = 30_000
const SETTLE_MS = 2000

/** The released form of the agent, idle, against the least that can hold such a link. */
export const agent: Bench = {
  name: 'agent',
  about: 'start, memory and idle processor time of the bundled agent',
  async run(setting) {
    await using stack = new AsyncDisposableStack()
    const controller = stack.use(
      await startController({
        listen: ['https://127.0.0.1:0', 'http://127.0.0.1:0'],
        args: ['--log-level', 'warn'],
        ...(setting.database === undefined ? {} : { database: setting.database }),
      }),
    )
    const bundle = await buildAgent(join(setting.folder, 'bundle'))
    const floor = await buildAgentFloor(setting.folder)
    const pki = join(controller.data, 'pki')
    const echo = stack.use(await startEchoServer(pki))
    const data = await register(controller, bundle.path, pki, setting)
    const starts = {
      limit: () => startIdle(floor, [echo.url, join(pki, 'ca.pem'), String(HEARTBEAT_MS)]),
      muster: () =>
        startIdle(bundle.path, ['run', '--data', data, '--run-dir', join(data, 'run'), '--no-service-manager']),
    }
    const rounds = await alternate(setting, {
      limit: () => lookAt(starts.limit),
      muster: () => lookAt(starts.muster),
    })
    return {
      comparisons: [
        { name: 'resident', at: {}, unit: 'MB', goal: '<=1.15', ...pick(rounds, ({ rssMB }) => rssMB) },
        { name: 'anonymous', at: {}, unit: 'MB', goal: '<=1.5', ...pick(rounds, ({ anonymousMB }) => anonymousMB) },
        { name: 'start_to_link', at: {}, unit: 'ms', goal: '<=3', ...pick(rounds, ({ startMs }) => startMs) },
        await idleTime(starts, setting),
      ],
      growth: [],
      counts: { lost: 0, double: 0, errors: 0 },
    }
  },
}

type Start = () => Promise<IdleProcess>

async function lookAt(start: Start) {
  await using running = await start()
  await delay(SETTLE_MS)
  return { startMs: running.startMs, ...(await running.memory()) }
}

/** Both idle side by side, in windows of one heartbeat each. */
async function idleTime(
  starts: { limit: Start; muster: Start },
  { quick, rounds, signal }: Setting,
): Promise<Comparison> {
  await using limit = await starts.limit()
  await using muster = await starts.muster()
  await delay(SETTLE_MS)
  const times: { limit: number[]; muster: number[] } = { limit: [], muster: [] }
  const read = async () => ({ limit: await limit.cpuMs(), muster: await muster.cpuMs() })
  let before = await read()
  for (let window = 0; window < (quick ? 1 : rounds); window++) {
    await delay(HEARTBEAT_MS, undefined, { signal })
    const after = await read()
    times.limit.push(after.limit - before.limit)
    times.muster.push(after.muster - before.muster)
    before = after
  }
  return { name: 'idle_cpu', at: { seconds: HEARTBEAT_MS / 1000 }, unit: 'ms', goal: '<=2', ...times }
}

async function register(controller: TestController, bundle: string, pki: string, { folder }: Setting): Promise<string> {
  const data = join(folder, 'agent')
  await mkdir(data)
  const { ActivationId = '', ActivationCode = '' } = await controller.call('CreateActivation', {
    IamRole: 'MusterNode',
  })
  const url = controller.urls.find((one) => one.startsWith('https:')) ?? ''
  const options = [
    '--data',
    data,
    '--controller',
    url,
    '--ca-file',
    join(pki, 'ca.pem'),
    '--activation-id',
    ActivationId,
  ]
  const registering = startProgram({ script: bundle, args: ['register', ...options], input: ActivationCode })
  const status = await registering.exited
  if (status !== 0) throw new Error(`register ended with ${status}: ${registering.log.join('\n')}`)
  return data
}
