import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type Clock, systemClock } from '@muster/protocol/kit'
import { type Hello, LINK_VERSION, signNewKey } from '@muster/protocol/link'
import {
  type Generations,
  type KeyRing,
  openGenerations,
  openKeyRing,
  readIdentity,
  readRegistration,
} from '#enrol/index.ts'
import { createInbox } from '#inbox/index.ts'
import { type Journal, openFolder, openJournal, type Storage } from '#journal/index.ts'
import { createFailpoint, createPermit, type Permit } from '#kit/index.ts'
import type { Log } from '#kit/log.ts'
import { createControllerTime, type IdentityPort, keepLink, type LinkPorts, type LinkState } from '#link/index.ts'
import { createOutbox } from '#outbox/index.ts'
import { createPlatform, KILL_TIMES, makeFolder, type Platform, readHostFacts } from '#platform/index.ts'
import { pluginsFor } from '#plugins/index.ts'
import { createLocalExecution, createRunner, openPoison, type Policy, type Runner, readPolicy } from '#runner/index.ts'
import type { RunConfig } from './config.ts'
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
  readonly log: Log
  readonly onState: (state: LinkState) => void
  readonly clock?: Clock
  /** Where the journal lies; a folder in the data folder when not given. */
  readonly storage?: Storage
}

// Tells two programs with the same identity apart.
const PROCESS_ID = randomBytes(16).toString('hex')
const MIB = 1024 * 1024
const POLICY_FILE = '/etc/muster/policy.json'

/** Opens the journal, takes up what it knows, and keeps the link; the only place where the agent's parts meet. */
export async function createAgent(config: RunConfig, deps: AgentDeps, signal: AbortSignal): Promise<Agent> {
  const { log, onState, clock = systemClock } = deps
  const registration = readRegistration(config.data)
  const identity = readIdentity(config.data)
  if (!registration || !identity) {
    throw new NotRegistered(`${config.data} holds no registration. Enrol this host first: muster-agent register --help`)
  }
  const { nodeId, caPem } = registration
  const controllers = config.controllers.length > 0 ? config.controllers : registration.controllers
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
  const journal = await openJournal({ storage, clock })
  for (const { segment, problem } of journal.damage)
    log.error({ segment, problem }, 'a part of the journal was damaged and set aside')

  const generations = await openGenerations(await openFolder(join(config.data, 'generation')))
  const keys = openKeyRing(config.data, identity)
  // What an earlier life took may have been started by a copy of this disk: the controller says whether there is one.
  const starts = createPermit(false)
  const time = createControllerTime(clock)
  const policy = () => readPolicy([config.policyFile ?? POLICY_FILE], process.getuid?.() ?? 0)
  const plugins = pluginsFor(process.platform)
  const runFolder = join(config.runDir, nodeId)
  await makeFolder(runFolder)
  const poison = openPoison(join(config.data, 'reading'))
  const runner = createRunner({
    journal,
    poison,
    platform,
    plugins,
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
    platformType: (await readHostFacts()).platformType,
    signingKey: () => keys.current.privateKey,
    starts,
    controllerNow: () => time.now(),
    failpoint: createFailpoint(config.failpoints),
    concurrency: config.concurrency,
    rebootWaitSeconds: config.rebootWaitSeconds,
    onTrouble: ({ invocationId, problem, error }) => log.error({ commandId: invocationId, err: error }, problem),
  })
  // Without its journal the agent would promise what it cannot keep; its next life opens the files anew.
  const broken = new AbortController()
  void journal.failure.then((failed) => broken.abort(failed))
  await runner.recover()
  const actions = plugins.map(({ action }) => action)
  const ports: LinkPorts = {
    hello: () => hello({ journal, runner, platform, policy, actions }),
    heartbeat: () => ({ running: runner.running, ...health(journal) }),
    work: createInbox(runner),
    ...createOutbox(runner, signal),
    identity: identityPort({ nodeId, runner, starts, generations, keys }),
  }
  const ended = keepLink(
    {
      addresses: controllers.map((url) => ({ url, caPem })),
      login: async () => ({ nodeId, privateKey: keys.current.privateKey, generation: await generations.current() }),
      ports,
      time,
      log,
      onState,
      random: Math.random,
      clock,
    },
    AbortSignal.any([signal, broken.signal]),
  ).then(() => broken.signal.throwIfAborted())
  return {
    nodeId,
    ended,
    async [Symbol.asyncDispose]() {
      await runner[Symbol.asyncDispose]()
      await journal[Symbol.asyncDispose]()
      poison[Symbol.dispose]()
    },
  }
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

interface HelloParts {
  readonly journal: Journal
  readonly runner: Runner
  readonly platform: Platform
  readonly policy: () => Promise<Policy>
  readonly actions: readonly string[]
}

async function hello({ journal, runner, platform, policy, actions }: HelloParts): Promise<Hello> {
  return {
    linkVersion: LINK_VERSION,
    agentVersion: AGENT_VERSION,
    actions,
    host: await readHostFacts(),
    bootId: await platform.bootId(),
    journalId: journal.journalId,
    lastRecord: journal.outbox.unreceipted(0, Number.POSITIVE_INFINITY).at(-1)?.number ?? journal.receiptedTo,
    holding: runner.holding(),
    policyMode: (await policy()).mode,
    processId: PROCESS_ID,
  }
}

function health({ failed, low }: Journal): { degraded: boolean; degradedReason: string } {
  const degradedReason = failed ? `journal: ${failed.message}` : low ? 'journal: space is running out' : ''
  return { degraded: degradedReason !== '', degradedReason }
}
