import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Client } from '@muster/protocol/api'
import { createClient } from '@muster/protocol/api'
import { ownPort } from './port.ts'
import { type Program, startProgram } from './program.ts'

const main = fileURLToPath(new URL('../../packages/controller/src/main.ts', import.meta.url))

/** A real controller process on loopback with a data folder of its own; can be killed and started again on the same ports. */
export interface TestController extends AsyncDisposable {
  /** Plain http on loopback. */
  readonly url: string
  readonly urls: readonly string[]
  readonly accountId: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly data: string
  readonly program: Program
  /** Any operation as root, by bare name; waits for no retry. */
  readonly call: Client
  /** Ends it with a signal and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<number>
  /** Starts it again on the same data and ports; the environment may differ. */
  start(env?: Readonly<Record<string, string>>): Promise<void>
  /** What a stock client needs in its environment. */
  readonly awsEnvironment: Readonly<Record<string, string>>
}

interface ControllerOptions {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Default: one http listener on a free loopback port. */
  readonly listen?: readonly string[]
  readonly database?: string
}

// A test asks faster than a person, and is held back only where it is about that.
const NO_RATES = { MUSTER_RATE_READS: '0', MUSTER_RATE_WRITES: '0', MUSTER_RATE_SENDS: '0', MUSTER_RATE_REFUSED: '0' }

interface Ready {
  readonly urls: readonly string[]
  readonly accountId: string
  readonly region: string
}

const KEY = { accessKeyId: 'AKIATESTTESTTESTTEST', secretAccessKey: 'test-secret-test-secret-test-secret-0001' }

export async function startController(options: ControllerOptions = {}): Promise<TestController> {
  const data = await mkdtemp(join(tmpdir(), 'muster-controller-'))
  let listen = options.listen ?? [`http://127.0.0.1:${await ownPort()}`]
  let program: Program
  let ready: Ready
  let call: Client

  const start = async (env: Readonly<Record<string, string>> = {}): Promise<void> => {
    const args = [
      '--data',
      data,
      ...listen.flatMap((url) => ['--listen', url]),
      ...(options.database ? ['--database', options.database] : []),
      ...(options.args ?? []),
    ]
    const keys = { MUSTER_ROOT_ACCESS_KEY_ID: KEY.accessKeyId, MUSTER_ROOT_SECRET_ACCESS_KEY: KEY.secretAccessKey }
    program = startProgram({ script: main, args, env: { ...keys, ...NO_RATES, ...options.env, ...env } })
    ready = JSON.parse(await program.firstLine) as Ready
    listen = ready.urls
    const { token } = JSON.parse(await readFile(join(data, 'local-access.json'), 'utf8')) as { token: string }
    call = createClient({ endpoint: plainUrl(ready.urls), token, fetch })
  }
  const stop = (signal: NodeJS.Signals): Promise<number> => {
    program.kill(signal)
    return program.exited
  }
  await start()
  return {
    ...KEY,
    data,
    start,
    stop,
    get url() {
      return plainUrl(ready.urls)
    },
    get urls() {
      return ready.urls
    },
    get accountId() {
      return ready.accountId
    },
    get region() {
      return ready.region
    },
    get program() {
      return program
    },
    call: (name, input, callOptions) => call(name, input, callOptions),
    get awsEnvironment() {
      return {
        AWS_ACCESS_KEY_ID: KEY.accessKeyId,
        AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey,
        AWS_DEFAULT_REGION: ready.region,
        AWS_ENDPOINT_URL: plainUrl(ready.urls),
        AWS_PAGER: '',
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      }
    },
    async [Symbol.asyncDispose]() {
      await stop('SIGTERM')
      if (existsSync(data)) await rm(data, { recursive: true, force: true })
    },
  }
}

const plainUrl = (urls: readonly string[]): string => urls.find((url) => url.startsWith('http://')) ?? urls[0] ?? ''
