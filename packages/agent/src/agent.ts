import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Clock, systemClock } from '@muster/protocol/kit'
import { type Hello, LINK_VERSION, signNewKey } from '@muster/protocol/link'
import {
  type Generations,
  type KeyRing,
  openGenerations,
  openKeyRing,
  type Registration,
  readGenerations,
  readIdentity,
  readRegistration,
} from '#enrol/index.ts'
import { createInbox } from '#inbox/index.ts'
import { isWritable, type Journal, openFolder, openJournal, type Storage } from '#journal/index.ts'
import { createFailpoint, createNews, createPermit, type Permit } from '#kit/index.ts'
import type { Log } from '#kit/log.ts'
import {
  type Calls,
  type ControllerAddress,
  type ControllerTime,
  createCalls,
  createControllerTime,
  type IdentityPort,
  keepLink,
  type LinkPorts,
  type LinkState,
} from '#link/index.ts'
import { type Local, openLocal } from '#local/index.ts'
import { createOutbox } from '#outbox/index.ts'
import { createPlatform, KILL_TIMES, makeFolder, type Platform, readHostFacts } from '#platform/index.ts'
import { pluginsFor } from '#plugins/index.ts'
import {
  createLocalExecution,
  createRunner,
  openPoison,
  type Plugin,
  type Policy,
  type Runner,
  readPolicy,
} from '#runner/index.ts'
import { type RunConfig, readProxy } from './config.ts'
import { AGENT_VERSION } from './version.ts'

export interface Agent extends AsyncDisposable {
  readonly nodeId: string
  /** Resolves when the signal given to `createAgent` aborts; rejects when going on cannot help. */
  readonly ended: Promise<void>
}

/** This host is not enrolled: nothing to run as. */
export class NotRegistered extends Error {
  override readonly name = 'NotRegistered'
}

interface AgentDeps {
  /** Starts this program anew: its arguments come next. */
  readonly program: readonly [string, ...string[]]
  readonly log: Log
  readonly onState: (state: LinkState) => void
  readonly clock?: Clock
  /** Where the journal lies; a folder in the data folder when not given. */
  readonly storage?: Storage
  /** Why an earlier life in this process ended; the controller is told. */
  readonly earlierTrouble?: string | undefined
}

// Tells two programs with the same identity apart.
const PROCESS_ID = randomBytes(16).toString('hex')
const MIB = 1024 * 1024
const POLICY_FILE = '/etc/muster/policy.json'

/**
 * Opens the journal, takes up what it knows, and keeps the link; the only place where the agent's parts meet. Where the
 * journal can be read and not written, the link says so and takes nothing, until the disk is well again.
 */
export async function createAgent(config: RunConfig, deps: AgentDeps, signal: AbortSignal): Promise<Agent> {
  const { log, clock = systemClock } = deps
  const registration = readRegistration(config.data)
  const identity = readIdentity(config.data)
  if (!registration || !identity) {
    throw new NotRegistered(`${config.data} holds no registration. Enrol this host first: muster-agent register --help`)
  }
  const platform = await createPlatform({
    useServiceManager: !config.noServiceManager,
    limits: {
      processes: config.scriptProcesses || undefined,
      memoryBytes: config.scriptMemoryMib * MIB || undefined,
    },
    leavesChildren: config.backgroundChildren === 'leave',
    ...(config.bootIdFile === undefined ? {} : { bootIdFile: config.bootIdFile }),
  })
  const storage = deps.storage ?? (await openFolder(join(config.data, 'journal')))
  const journal = await openJournal({ storage, clock, rewrite: deps.earlierTrouble !== undefined })
  for (const { segment, problem } of journal.damage)
    log.error({ segment, problem }, 'a part of the journal was damaged and set aside')
  const slots = await openFolder(join(config.data, 'generation'))
  const parts: Parts = {
    config,
    deps: { ...deps, clock },
    nodeId: registration.nodeId,
    addresses: addressesOf(config, registration),
    platform,
    storage,
    journal,
    generations: await (journal.failed ? readGenerations(slots) : openGenerations(slots)),
    keys: openKeyRing(config.data, identity),
    time: createControllerTime(clock),
    plugins: pluginsFor(process.platform),
    policy: () => readPolicy([config.policyFile ?? POLICY_FILE], process.getuid?.() ?? 0),
    signal,
  }
  return journal.failed === undefined ? startWorking(parts) : startIdle(parts, journal.failed)
}

function addressesOf(config: RunConfig, { controllers, caPem, proxy: atEnrolment }: Registration): ControllerAddress[] {
  const urls = config.controllers.length > 0 ? config.controllers : controllers
  // What is given to this very run, what was kept at enrolment, what the environment has.
  const kept = config.proxy === undefined ? atEnrolment : undefined
  const given = kept ?? readProxy(config, urls)
  const proxy = given === 'direct' ? undefined : given
  return urls.map((url) => ({ url, caPem, proxy }))
}

interface Parts {
  readonly config: RunConfig
  readonly deps: AgentDeps & { readonly clock: Clock }
  readonly nodeId: string
  readonly addresses: readonly ControllerAddress[]
  readonly platform: Platform
  readonly storage: Storage
  readonly journal: Journal
  readonly generations: Generations
  readonly keys: KeyRing
  readonly time: ControllerTime
  readonly plugins: readonly Plugin[]
  readonly policy: () => Promise<Policy>
  readonly signal: AbortSignal
}

async function startWorking(parts: Parts): Promise<Agent> {
  const { config, deps, nodeId, generations, keys, platform, journal, time, plugins, policy, signal } = parts
  // What an earlier life took may have been started by a copy of this disk: the controller says whether there is one.
  const starts = createPermit(false)
  const runFolder = join(config.runDir, nodeId)
  await makeFolder(runFolder)
  const poison = openPoison(join(config.data, 'reading'))
  const calls = createCalls()
  const local = await openDoor(parts, calls)
  const runner = createRunner({
    journal,
    poison,
    platform,
    plugins,
    calls,
    nodeId,
    policy,
    execution: createLocalExecution({
      platform,
      runFolder,
      attemptsFolder: join(config.data, 'attempts'),
      outputCapBytes: config.outputCapMib * MIB,
      killTimes: { ...KILL_TIMES, giveUpMs: config.unkillableSeconds * 1000 },
      backgroundChildren: config.backgroundChildren,
    }),
    tasks: {
      program: deps.program,
      data: config.data,
      platformType: (await readHostFacts()).platformType,
      settings: {
        leavesChildren: config.backgroundChildren === 'leave',
        githubUrl: config.githubUrl,
        s3Endpoint: config.s3Endpoint,
        allowLinkLocal: config.allowLinkLocal,
      },
    },
    signingKey: () => keys.current.privateKey,
    starts,
    controllerNow: () => time.now(),
    failpoint: createFailpoint(config.failpoints),
    concurrency: config.concurrency,
    rebootWaitSeconds: config.rebootWaitSeconds,
    onTrouble: ({ invocationId, problem, error }) => deps.log.error({ commandId: invocationId, err: error }, problem),
  })
  const dispose = async (): Promise<void> => {
    await local?.[Symbol.asyncDispose]()
    await runner[Symbol.asyncDispose]()
    await journal[Symbol.asyncDispose]()
    poison[Symbol.dispose]()
  }
  // Without its journal the agent would promise what it cannot keep; its next life opens the files anew.
  const broken = new AbortController()
  void journal.failure.then((failed) => broken.abort(failed))
  try {
    await runner.recover()
  } catch (error) {
    await dispose()
    throw error
  }
  const ports: LinkPorts = {
    hello: () => hello(parts),
    heartbeat: () => ({ running: runner.running, ...health(parts) }),
    work: createInbox(runner),
    ...createOutbox(runner, AbortSignal.any([signal, broken.signal])),
    identity: identityPort({ nodeId, runner, starts, generations, keys }),
    calls,
  }
  const ended = keep(parts, ports, broken.signal).then(() => broken.signal.throwIfAborted())
  return { nodeId, ended, [Symbol.asyncDispose]: dispose }
}

/** Programs on this host can do without it, so an agent that cannot open it works all the same. */
async function openDoor({ config, deps }: Parts, calls: Calls): Promise<Local | undefined> {
  // A pipe of Windows would be open to every user of the host.
  if (process.platform === 'win32') return undefined
  try {
    return await openLocal({ data: config.data, calls })
  } catch (err) {
    deps.log.error({ err }, 'the socket for programs on this host could not be opened')
    return undefined
  }
}

const LOOK_AGAIN_MS = 5_000

/** Nothing can be written down, so nothing is taken, told or receipted; ends as soon as the disk takes something. */
async function startIdle(parts: Parts, failed: Error): Promise<Agent> {
  const { deps, nodeId, storage, signal } = parts
  deps.log.error({ err: failed }, 'the journal cannot be written; nothing is taken until it can')
  const well = new AbortController()
  const until = AbortSignal.any([signal, well.signal])
  const news = createNews()
  const ports: LinkPorts = {
    hello: () => hello(parts),
    heartbeat: () => ({ running: 0, ...health(parts) }),
    work: { accept: async () => ({ refused: failed.message }), cancel: async () => {} },
    records: { pending: async () => [], receipted: async () => {}, news },
    outputs: { open: async () => [], news },
    identity: {
      welcomed: async () => {},
      keep: () => Promise.reject(failed),
      rotate: () => Promise.reject(failed),
      adopt: async () => false,
    },
  }
  const watch = async (): Promise<void> => {
    while (!until.aborted) {
      await pauseUntil(LOOK_AGAIN_MS, until)
      if (!until.aborted && (await isWritable(storage))) well.abort(failed)
    }
  }
  const ended = Promise.all([keep(parts, ports, well.signal), watch()]).then(() => well.signal.throwIfAborted())
  return { nodeId, ended, [Symbol.asyncDispose]: async () => {} }
}

async function pauseUntil(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined)
}

function keep(
  { deps, nodeId, keys, generations, addresses, time, signal }: Parts,
  ports: LinkPorts,
  end: AbortSignal,
): Promise<void> {
  const { log, onState, clock } = deps
  return keepLink(
    {
      addresses,
      login: async () => ({ nodeId, privateKey: keys.current.privateKey, generation: await generations.current() }),
      ports,
      time,
      log,
      onState,
      random: Math.random,
      clock,
    },
    AbortSignal.any([signal, end]),
  )
}

interface IdentityParts {
  readonly nodeId: string
  readonly runner: Pick<Runner, 'refuseStarts'>
  readonly starts: Permit
  readonly generations: Generations
  readonly keys: KeyRing
}

const identityPort = ({ nodeId, runner, starts, generations, keys }: IdentityParts): IdentityPort => ({
  async welcomed({ quarantined, dropUnstarted }) {
    if (quarantined) return starts.close()
    if (dropUnstarted) await runner.refuseStarts()
    starts.open()
  },
  keep: generations.keep,
  rotate: async () => signNewKey(nodeId, keys.current.privateKey, (await keys.next()).privateKey),
  adopt: keys.adopt,
})

async function hello({ journal, plugins, platform, policy }: Parts): Promise<Hello> {
  return {
    linkVersion: LINK_VERSION,
    agentVersion: AGENT_VERSION,
    actions: plugins.map(({ action }) => action),
    host: await readHostFacts(),
    bootId: await platform.bootId(),
    journalId: journal.journalId,
    lastRecord: journal.outbox.unreceipted(0, Number.POSITIVE_INFINITY).at(-1)?.number ?? journal.receiptedTo,
    holding: journal.runner.holding(),
    policyMode: (await policy()).mode,
    processId: PROCESS_ID,
  }
}

function health({ journal, deps }: Parts): { degraded: boolean; degradedReason: string } {
  const { failed, low, damage } = journal
  const degradedReason =
    failed?.message ??
    (low ? 'space for the journal is running out' : undefined) ??
    deps.earlierTrouble ??
    (damage.length > 0 ? 'a part of the journal was damaged and set aside' : '')
  return { degraded: degradedReason !== '', degradedReason }
}
