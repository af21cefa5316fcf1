import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestController } from './controller.ts'
import { type Program, startProgram } from './program.ts'
import { until } from './until.ts'

const main = fileURLToPath(new URL('../../packages/agent/src/main.ts', import.meta.url))

/** A real agent process with folders of its own, enrolled with the controller. */
export interface TestAgent extends AsyncDisposable {
  readonly nodeId: string
  readonly data: string
  /** A folder for the scripts' own files (ledgers); outside the agent's. */
  readonly scratch: string
  /** Changing its text is a reboot as far as the agent can tell. */
  readonly bootIdFile: string
  /** The host's own rules; there is no such file until a test writes one. */
  readonly policyFile: string
  readonly program: Program
  stop(signal: NodeJS.Signals): Promise<number>
  /** Starts it again, from another file if one is given; what it does from then on is the program's own affair. */
  start(env?: Readonly<Record<string, string>>, script?: string): void
  online(): Promise<void>
}

interface AgentOptions {
  readonly tags?: Readonly<Record<string, string>>
  readonly name?: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The agent's program; the sources when not given. */
  readonly script?: string
  /** Where it finds the controller, when that is not the controller's own address. */
  readonly url?: string
  /** All addresses that it knows, where there are several controllers. */
  readonly urls?: readonly string[]
  /** What has to be done with its data folder before anything is written there. */
  readonly prepare?: (data: string) => Promise<void>
  /** A program that becomes the agent, for instance one that puts it into another network. */
  readonly within?: readonly string[]
  /** Do not wait until the controller sees it. */
  readonly detached?: boolean
}

/** Enrols an agent and runs it; scripts run in sessions of their own, never as services of this machine. */
export async function startAgent(controller: TestController, options: AgentOptions = {}): Promise<TestAgent> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-agent-'))
  const [data, runDir, scratch, bootIdFile] = [
    join(folder, 'data'),
    join(folder, 'run'),
    await mkdtemp(join(folder, 'scratch-')),
    join(folder, 'boot-id'),
  ]
  await writeFile(bootIdFile, '11111111-1111-4111-8111-111111111111\n')
  // Of this agent alone: not there until a test writes it, whatever this machine's own policy is.
  const policyFile = join(folder, 'policy.json')
  await options.prepare?.(data)
  const nodeId = await register(controller, data, options)
  let program: Program
  const start = (env: Readonly<Record<string, string>> = {}, script = options.script ?? main): void => {
    program = startProgram({
      script,
      args: [
        'run',
        '--data',
        data,
        '--run-dir',
        runDir,
        '--boot-id-file',
        bootIdFile,
        '--no-service-manager',
        '--policy-file',
        policyFile,
        ...(options.args ?? []),
      ],
      env: { ...options.env, ...env },
      within: options.within ?? [],
    })
  }
  const online = (): Promise<void> =>
    until(
      `${nodeId} is online`,
      async () => (await controller.call('GetConnectionStatus', { Target: nodeId })).Status === 'connected',
    )
  const stop = (signal: NodeJS.Signals): Promise<number> => {
    program.kill(signal)
    return program.exited
  }
  start()
  if (!options.detached) await online()
  return {
    nodeId,
    data,
    scratch,
    bootIdFile,
    policyFile,
    get program() {
      return program
    },
    start,
    stop,
    online,
    async [Symbol.asyncDispose]() {
      await stop('SIGTERM')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function register(
  controller: TestController,
  data: string,
  { tags = {}, name, url = controller.url, urls = [url] }: AgentOptions,
): Promise<string> {
  const activation = await controller.call('CreateActivation', {
    IamRole: 'MusterNode',
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    ...(name === undefined ? {} : { DefaultInstanceName: name }),
  })
  const registering = startProgram({
    script: main,
    args: [
      ...['register', '--data', data, '--activation-id', activation.ActivationId ?? ''],
      ...urls.flatMap((each) => ['--controller', each]),
    ],
    input: activation.ActivationCode ?? '',
  })
  const nodeId = await registering.firstLine
  const status = await registering.exited
  if (status !== 0) throw new Error(`register ended with ${status}: ${registering.log.join('\n')}`)
  return nodeId
}

export const readText = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '')
