import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Command,
  type CommandInvocation,
  checkOutput,
  findOperationByName,
  type OperationName,
  type Operations,
} from '@muster/protocol/api'
import { createManualClock, type ManualClock } from '@muster/protocol/kit'
import type { Behaviours } from '@muster/protocol/link/testing'
import { createAccess, initialiseAccess, rootPrincipal } from '#access/index.ts'
import { createApi, type Judge, type Operation } from '#api/index.ts'
import { createAudit } from '#audit/index.ts'
import { type Commands, type CommandsDeps, createCommands, type Keeping } from '#commands/index.ts'
import type { Database } from '#db/index.ts'
import { createDocuments } from '#documents/index.ts'
import { createFleet, type Fleet } from '#fleet/index.ts'
import { createGroups } from '#groups/index.ts'
import { createHub, type HubDeps, type HubService } from '#hub/index.ts'
import { createMemoryNode, type MemoryNode } from '#hub/testing/memory-node.ts'
import { createKeys } from '#keys/index.ts'
import { noFailpoint } from '#kit/failpoint.ts'
import type { Caller } from '#kit/identity.ts'
import { createSeededIds } from '#kit/ids.ts'
import { type Log, silentLog } from '#kit/logging.ts'
import { createMetrics } from '#kit/metrics.ts'
import { createSealer } from '#kit/seal.ts'
import { createBuckets, createObjects, type Objects } from '#objects/index.ts'
import { createParameters } from '#parameters/index.ts'
import { createTags } from '#tags/index.ts'

export interface CommandStand extends AsyncDisposable {
  readonly db: Database
  readonly clock: ManualClock
  readonly hub: HubService
  readonly fleet: Fleet
  readonly commands: Commands
  readonly objects: Objects
  readonly root: Caller
  readonly logged: { readonly fields: Readonly<Record<string, unknown>>; readonly text: string }[]
  call<O extends OperationName>(name: O, input: Operations[O]['input'], by?: Caller): Promise<Operations[O]['output']>
  refused(name: OperationName, input: unknown, by?: Caller): Promise<{ code: string; text: string | undefined }>
  /** Enrols a node with its tags; it has no link until `connect`. */
  aNode(options?: NodeOptions): Promise<MemoryNode>
  /** Enrols nodes and connects them. */
  nodes(count: number, options?: NodeOptions): Promise<MemoryNode[]>
  /** Sends a command and answers its id. */
  send(input: Operations['SendCommand']['input'], nodes?: readonly MemoryNode[]): Promise<string>
  view(commandId: string, node: MemoryNode): Promise<Operations['GetCommandInvocation']['output']>
  command(commandId: string): Promise<Command>
  invocations(commandId: string): Promise<readonly CommandInvocation[]>
  /** Lines of the audit trail about one operation. */
  audited(operation: string): Promise<readonly { readonly result: string }[]>
  explain(commandId: string, node?: MemoryNode): Promise<Operations['Explain']['output']>
  /** Waits, turn by turn of the loop, until a condition holds. */
  until(condition: () => boolean | Promise<boolean>): Promise<void>
  /** One round of every sweep. */
  sweep(): Promise<void>
  /** Nothing is under way in controller and nodes. */
  settled(...nodes: readonly MemoryNode[]): Promise<void>
}

export interface NodeOptions {
  readonly tags?: Readonly<Record<string, string>>
  readonly behaviours?: Behaviours
  readonly platformType?: 'Linux' | 'Windows' | 'MacOS'
}

export interface StandOptions extends Partial<Pick<CommandsDeps, 'buckets' | 'failpoint'>> {
  /** 30 days and 20 GiB when absent; read each time, so that a test can change it. */
  readonly keeping?: Partial<Keeping>
  /** SecureStrings are needed: the key that seals them is made. */
  readonly secrets?: boolean
  /** Decides in place of real access. */
  readonly decide?: Judge['decide']
  readonly hub?: Partial<HubDeps>
  readonly start?: number
  /** Operations of slices that stand above this one. */
  readonly above?: (parts: StandParts) => readonly Operation[]
}

/** What slices above are made of. */
export interface StandParts extends Pick<CommandsDeps, 'db' | 'clock' | 'ids' | 'sealer' | 'home'> {
  readonly hub: HubService
  readonly fleet: Fleet
  readonly commands: Commands
}

export const HOME = { accountId: '123456789012', region: 'us-east-1' }
export const START = Date.UTC(2026, 10, 24, 12)

/** A request for one line of shell. */
export const shell = (command: string) => ({
  DocumentName: 'AWS-RunShellScript',
  Parameters: { commands: [command] },
})

/** A controller without sockets: real store, hub, fleet, documents and pipeline; nodes are simulated in memory. */
export async function openCommands(db: Database, options: StandOptions = {}): Promise<CommandStand> {
  const clock = createManualClock(options.start ?? START)
  const ids = createSeededIds(1)
  const sealer = createSealer(new Uint8Array(32).fill(7))
  const logged: CommandStand['logged'] = []
  const log: Log = { ...silentLog, child: () => log, error: (fields, text) => void logged.push({ fields, text }) }
  const folder = await mkdtemp(join(tmpdir(), 'muster-commands-'))
  const objects = await createObjects({ folder })
  const buckets = options.buckets ?? createBuckets({ folder: join(folder, 'buckets') }, clock)
  await initialiseAccess({ db, sealer, ids, clock }, { accountId: HOME.accountId })
  const audit = createAudit({ db, sealer, clock, ids, log, metrics: createMetrics(), controllerId: 'controller-1' })
  const access = createAccess({ db, sealer, ids, clock, home: HOME })
  const common = { db, clock, ids, sealer, home: HOME, log }
  const hub = createHub({ ...common, controllerId: 'controller-1', random: () => 0.5, ...options.hub })
  const tags = createTags({ home: HOME })
  const fleet = createFleet({ ...common, tags, access, audit, hub })
  const groups = createGroups({ home: HOME, sealer })
  const attachments = createObjects({ folder: join(folder, 'attachments') })
  const bucketsRead = createBuckets({ folder: join(folder, 'buckets') }, clock)
  const documents = createDocuments({
    ...{ db, home: HOME, clock, sealer, tags, attachments, buckets: bucketsRead },
    publicUrls: () => [],
  })
  const failpoint = options.failpoint ?? noFailpoint
  const keys = createKeys({ ...common, audit, tags, failpoint })
  if (options.secrets) await keys.ready()
  const parameters = createParameters({ ...common, tags, keys, audit, defaultTier: async () => 'Standard' })
  const commands = createCommands({
    ...{ ...common, hub, audit, objects, buckets, documents, fleet, groups, parameters, failpoint },
    keeping: async () => ({ commandsMs: 30 * 86_400_000, outputBytes: 20 * 1024 ** 3, ...options.keeping }),
  })
  const { decide } = options
  const port = decide ? { ...access, judge: async () => ({ decide, asks: () => false }) } : access
  const api = createApi({
    ...{ ...common, access: port, audit, tagsOf: tags.ofArns, metrics: createMetrics(), regionAliases: [], routes: [] },
    operations: [
      ...access.operations,
      ...tags.operations,
      ...fleet.operations,
      ...groups.operations,
      ...documents.operations,
      ...parameters.operations,
      ...commands.operations,
      ...(options.above?.({ ...common, hub, fleet, commands }) ?? []),
    ],
  })
  const root: Caller = { ...rootPrincipal(HOME), source: '192.0.2.1' }
  fleet.subscribe({ deregistered: (nodeKey) => commands.deregistered(nodeKey) })
  hub.attach({
    presence: fleet.presence,
    receivers: {
      ...commands.receivers,
      call: async () => ({ status: 400, body: new Uint8Array() }),
    },
  })

  const send = async (name: OperationName, input: unknown, by: Caller) => {
    const { status, body } = await api.call(by, name, Buffer.from(JSON.stringify(input)))
    const fault = logged.find(({ text }) => text === 'request failed')
    if (fault !== undefined) throw new Error(`${name} failed`, { cause: fault.fields['err'] })
    if (status === 200) checkAnswer(name, body)
    return { status, value: JSON.parse(body) as Record<string, unknown> }
  }
  const call: CommandStand['call'] = async (name, input, by = root) => {
    const { status, value } = await send(name, input, by)
    if (status !== 200) throw new Error(`${name} was refused: ${JSON.stringify(value)}`)
    return value as never
  }
  const aNode = async ({ tags: pairs = {}, behaviours, platformType = 'Linux' }: NodeOptions = {}) => {
    const Tags = Object.entries(pairs).map(([Key, Value]) => ({ Key, Value }))
    const made = await call('CreateActivation', { IamRole: 'MusterNode', ...(Tags.length > 0 && { Tags }) })
    const keys = generateKeyPairSync('ed25519')
    const nodeId = await enrol(fleet, made, keys, platformType)
    const nodeKey = (await fleet.findKey(db.read, nodeId)) ?? -1
    const host = { platformType }
    return createMemoryNode(hub, {
      ...{ nodeKey, nodeId, clock, privateKey: keys.privateKey, host },
      ...(behaviours && { behaviours }),
    })
  }

  return {
    ...{ db, clock, hub, fleet, commands, objects, root, logged, call, aNode },
    async refused(name, input, by = root) {
      const { status, value } = await send(name, input, by)
      if (status === 200) throw new Error(`${name} was not refused: ${JSON.stringify(value)}`)
      const text = value['message'] ?? value['Message']
      return { code: String(value['__type']), text: typeof text === 'string' ? text : undefined }
    },
    async nodes(count, nodeOptions) {
      const made: MemoryNode[] = []
      for (let index = 0; index < count; index++) {
        const node = await aNode(nodeOptions)
        await node.connect()
        made.push(node)
      }
      await commands.settled()
      return made
    },
    async send(input, targets) {
      const InstanceIds = targets?.map(({ nodeId }) => nodeId)
      const { Command } = await call('SendCommand', { ...input, ...(InstanceIds && { InstanceIds }) })
      return Command?.CommandId ?? ''
    },
    view: (CommandId, { nodeId }) => call('GetCommandInvocation', { CommandId, InstanceId: nodeId }),
    async command(CommandId) {
      const { Commands = [] } = await call('ListCommands', { CommandId })
      return Commands[0] ?? {}
    },
    async invocations(CommandId) {
      const { CommandInvocations = [] } = await call('ListCommandInvocations', { CommandId, MaxResults: 50 })
      return CommandInvocations
    },
    audited: (operation) =>
      db.read
        .withTables<{ audit_event: { operation: string; result: string } }>()
        .selectFrom('audit_event')
        .select('result')
        .where('operation', '=', operation)
        .execute(),
    explain: (Id, node) =>
      call('Explain', {
        Subject: node ? { Type: 'Invocation', Id, InstanceId: node.nodeId } : { Type: 'Command', Id },
      }),
    async until(condition) {
      for (const end = Date.now() + 60_000; !(await condition()); ) {
        if (Date.now() > end) throw new Error('the condition was not met in time')
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
    async sweep() {
      for (const sweep of commands.sweeps) await sweep.run(new AbortController().signal)
      await commands.settled()
    },
    async settled(...nodes) {
      for (let round = 0; round < 3; round++) {
        await commands.settled()
        for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
        await Promise.all(nodes.map((node) => node.settled()))
      }
      await commands.settled()
    },
    async [Symbol.asyncDispose]() {
      await hub[Symbol.asyncDispose]()
      await commands[Symbol.asyncDispose]()
      await api[Symbol.asyncDispose]()
      await db[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

// The service's own answers do not keep the pattern that its model gives these texts.
const TIMES = new Set(['ExecutionStartDateTime', 'ExecutionElapsedTime', 'ExecutionEndDateTime'])

function checkAnswer(name: OperationName, body: string): void {
  const model = findOperationByName(name)
  const value: unknown = JSON.parse(body, (key, member) => {
    if (TIMES.has(key)) return undefined
    // As of the fleet's stand: the service answers 0, although its model says at least 1.
    return key === 'RegistrationsCount' && member === 0 ? 1 : member
  })
  const checked = model && checkOutput(model, value)
  if (!checked?.ok) throw new Error(`${name} answered what its model does not allow: ${checked?.text}`)
}

async function enrol(
  fleet: Fleet,
  {
    ActivationId = '',
    ActivationCode = '',
  }: { ActivationId?: string | undefined; ActivationCode?: string | undefined },
  keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  platformType: string,
): Promise<string> {
  const publicKey = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const signed = Buffer.from(`muster-enrol-v1\n${ActivationId}${publicKey}`)
  const body = {
    ...{ activationId: ActivationId, code: ActivationCode, publicKey, agentVersion: '0.1.0' },
    signature: sign(null, signed, keys.privateKey).toString('base64'),
    host: {
      ...{ computerName: 'host', ipAddress: '10.0.0.5', platformType, platformName: 'Debian GNU/Linux' },
      ...{ platformVersion: '12', architecture: 'x86_64' },
    },
  }
  const route = fleet.routes.find(({ path }) => path === '/agent/enrol')
  const answer = await route?.handle({
    ...{ params: {}, query: {}, headers: {}, source: '192.0.2.7', origin: 'http://127.0.0.1' },
    ...{ body: Buffer.from(JSON.stringify(body)), signal: new AbortController().signal },
  })
  const { nodeId } = JSON.parse(String(answer?.body)) as { nodeId?: string }
  if (nodeId === undefined) throw new Error(`a node could not enrol: ${String(answer?.body)}`)
  return nodeId
}
