import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { access, constants, mkdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { ConfigError } from '@muster/protocol/config'
import { FailpointError, systemClock } from '@muster/protocol/kit'
import { type Initialised, InitialiseRefused, initialiseAccess, isInitialised } from '#access/index.ts'
import { localUrl, readLocalAccess, removeLocalAccess, writeLocalAccess } from '#admin/index.ts'
import { ListenRefused } from '#api/index.ts'
import { type Database, openDatabase, SchemaTooNew, StoreUnusable } from '#db/index.ts'
import type { AgentFile, EnrolmentDeps } from '#fleet/index.ts'
import { openStoreKey } from '#keys/index.ts'
import { ensureControllerId } from '#kit/controller-id.ts'
import { boundHeap } from '#kit/heap.ts'
import { systemIds } from '#kit/ids.ts'
import { lockInstance } from '#kit/instance-lock.ts'
import { createLog, type Log } from '#kit/logging.ts'
import { MasterKeyError } from '#kit/master-key.ts'
import { createSealer, type Sealer } from '#kit/seal.ts'
import { joinStore, type Peers, PeersRefused, shareAuthority } from '#peers/index.ts'
import { CertificateProblem, type Certificates, ensureCertificates, readCertificates } from '#pki/index.ts'
import type { ControllerConfig } from './config.ts'
import { createController } from './controller.ts'
import { configuredMasterKey } from './master-key.ts'

const deploy = new URL('../../../deploy/', import.meta.url)

/** Runs the controller until SIGTERM, or only makes what a first start makes; answers the exit status. */
export async function startController(
  config: ControllerConfig,
  { onlyInitialise }: { readonly onlyInitialise: boolean },
): Promise<number> {
  // Everything that the controller writes is for its owner alone.
  process.umask(0o077)
  const stopped = new Promise<void>((stop) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => stop())
  })
  const log = createLog({ level: config.logLevel })
  try {
    await using stack = new AsyncDisposableStack()
    await makeDataFolder(config.data)
    const lock = await lockInstance(config.data)
    if (!lock) {
      const holder = await readLocalAccess(config.data)
      throw new ConfigError([`another controller runs on ${config.data}${holder ? `: process ${holder.pid}` : ''}`])
    }
    stack.defer(() => void lock.close())
    const db = stack.use(await openStore(config, log))
    const masterKey = await configuredMasterKey(config, { create: !(await isInitialised(db.read)) })
    const sealer = createSealer(await openStoreKey(db, masterKey))
    const initialised = await initialise(config, db, sealer)
    if (onlyInitialise) return reportInitialised(initialised)
    await serve(config, { db, sealer, log, initialised }, stack, stopped)
    return 0
  } catch (error) {
    throw isConfiguration(error) ? new ConfigError([error.message]) : error
  }
}

async function makeDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new ConfigError([`the data folder cannot be used: ${error instanceof Error ? error.message : String(error)}`])
  }
}

interface Opened {
  readonly db: Database
  readonly sealer: Sealer
  readonly log: Log
  readonly initialised: Initialised
}

async function serve(
  config: ControllerConfig,
  opened: Opened,
  stack: AsyncDisposableStack,
  stopped: Promise<void>,
): Promise<void> {
  const { log } = opened
  const controllerId = await ensureControllerId(config.data)
  const peers = await joinOthers(config, opened, controllerId)
  if (peers) stack.use(peers)
  const share = peers && shareAuthority(opened)
  const certificates = await certificatesFor(config, share)
  const agentFiles = await agentFilesFor(config)
  if (!agentFiles)
    log.warn(
      { agentBundle: config.agentBundle },
      'no agent to hand out: hosts cannot enrol by a pasted line; npm run build:agent makes it',
    )
  const controller = stack.use(
    await createController(config, {
      ...opened,
      db: peers?.db ?? opened.db,
      peers,
      certificates,
      renewCertificates: () => certificatesFor(config, share),
      agentFiles,
      controllerId,
    }),
  )
  await writeLocalAccess(config.data, {
    url: localUrl(controller.urls),
    token: controller.localToken,
    ...(certificates?.caPem === undefined ? {} : { caPem: certificates.caPem }),
    pid: process.pid,
  })
  stack.defer(() => removeLocalAccess(config.data))
  boundHeap()
  process.stdout.write(
    `${JSON.stringify({ ready: true, urls: controller.urls, accountId: controller.home.accountId, region: controller.home.region })}\n`,
  )
  if (opened.initialised.newRootKey) showRootKey(opened.initialised, log)
  log.info({ urls: controller.urls }, 'controller is ready')
  await stopped
  log.info({}, 'controller stops')
}

const joinOthers = (config: ControllerConfig, opened: Opened, controllerId: string): Promise<Peers | undefined> =>
  joinStore(
    {
      ...opened,
      onUsurped() {
        opened.log.error({ controllerId }, 'another process has the id of this controller: is its data folder a copy?')
        process.exit(70)
      },
    },
    {
      ...{ peerUrl: config.peerUrl, databaseUrl: config.database, objects: config.objects, controllerId },
      allowPlainHttp: config.allowPlainHttp,
    },
  )

/** What only an operator can mend: said in one line, exit 78. */
const isConfiguration = (error: unknown): error is Error =>
  error instanceof InitialiseRefused ||
  error instanceof ListenRefused ||
  error instanceof SchemaTooNew ||
  error instanceof StoreUnusable ||
  error instanceof MasterKeyError ||
  error instanceof FailpointError ||
  error instanceof CertificateProblem ||
  error instanceof PeersRefused

const openStore = (config: ControllerConfig, log: Log): Promise<Database> =>
  openDatabase(config.database ?? `sqlite:${resolve(config.data, 'muster.db')}`, {
    onFatal(err) {
      log.error({ err }, 'the store is lost: this process ends so that the next start recovers it')
      process.exit(70)
    },
  })

function initialise(config: ControllerConfig, db: Database, sealer: Sealer): Promise<Initialised> {
  const { rootAccessKeyId: id, rootSecretAccessKey: secret, accountId } = config
  if ((id === undefined) !== (secret === undefined)) {
    throw new ConfigError(['MUSTER_ROOT_ACCESS_KEY_ID and MUSTER_ROOT_SECRET_ACCESS_KEY go together'])
  }
  const rootKey = id !== undefined && secret !== undefined ? { id, secret } : undefined
  return initialiseAccess({ db, sealer, ids: systemIds, clock: systemClock }, { accountId, rootKey })
}

/** A log is no place for a secret, so without a terminal nobody has seen this key. */
function showRootKey(initialised: Initialised, log: Log): void {
  if (process.stderr.isTTY) return void reportInitialised(initialised)
  log.warn(
    { accessKeyId: initialised.newRootKey?.id },
    "root's access key was made and not shown: run init before the first start, or choose another by MUSTER_ROOT_ACCESS_KEY_ID and MUSTER_ROOT_SECRET_ACCESS_KEY",
  )
}

function reportInitialised({ accountId, newRootKey }: Initialised): number {
  process.stderr.write(`account ${accountId}\n`)
  if (newRootKey) {
    process.stdout.write(`AWS_ACCESS_KEY_ID=${newRootKey.id}\nAWS_SECRET_ACCESS_KEY=${newRootKey.secret}\n`)
    process.stderr.write("root's access key, shown this once\n")
  } else process.stderr.write('root has an access key already\n')
  return 0
}

async function certificatesFor(
  config: ControllerConfig,
  share?: ReturnType<typeof shareAuthority>,
): Promise<Certificates | undefined> {
  const { tlsCertFile: certFile, tlsKeyFile: keyFile, tlsCaFile: caFile } = config
  if ((certFile === undefined) !== (keyFile === undefined))
    throw new ConfigError(['--tls-cert-file and --tls-key-file go together'])
  if (caFile !== undefined && certFile === undefined) throw new ConfigError(['--tls-ca-file goes with --tls-cert-file'])
  if (certFile !== undefined && keyFile !== undefined)
    return readCertificates({ certFile, keyFile, caFile }, systemClock)
  if (!config.listen.some((url) => url.startsWith('https:'))) return undefined
  const hosts = [...config.listen, ...config.publicUrl]
    .map((url) => new URL(url).hostname)
    .filter((host) => host !== '0.0.0.0' && host !== '[::]')
  return ensureCertificates(join(config.data, 'pki'), { hosts, clock: systemClock, share })
}

async function agentFilesFor(
  config: ControllerConfig,
): Promise<Omit<EnrolmentDeps, 'publicUrls' | 'caPem'> | undefined> {
  const path = config.agentBundle ?? fileURLToPath(new URL('../../../build/agent/muster-agent.cjs', import.meta.url))
  if (!existsSync(path)) {
    if (config.agentBundle !== undefined) throw new ConfigError([`--agent-bundle ${path} does not exist`])
    return undefined
  }
  const runtime = config.agentRuntime ?? process.execPath
  if (!existsSync(runtime)) throw new ConfigError([`--agent-runtime ${runtime} does not exist`])
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return {
    objects: {
      bundle: { ...(await describe(path)), version },
      runtime: await describe(runtime),
    },
    script: await readFile(new URL('enrol/linux.sh', deploy), 'utf8'),
    unit: await readFile(new URL('systemd/muster-agent.service', deploy), 'utf8'),
  }
}

async function describe(path: string): Promise<AgentFile> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return { path, sha256: hash.digest('hex'), size: (await stat(path)).size }
}
