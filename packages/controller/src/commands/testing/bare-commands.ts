import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OperationName, Operations } from '@muster/protocol/api'
import {
  decodeEnvelope,
  encodeRunRecord,
  envelopeHash,
  type RunRecord,
  sha256Hex,
  signRunRecord,
} from '@muster/protocol/delivery'
import { parseDocument } from '@muster/protocol/documents'
import { type Clock, createManualClock } from '@muster/protocol/kit'
import type { Work } from '@muster/protocol/link'
import { ApiError, type OperationContext } from '#api/index.ts'
import { type Commands, createCommands } from '#commands/index.ts'
import type { Database, Tx } from '#db/index.ts'
import type { LinkNews, NodeLink, NodeRecord } from '#hub/link.ts'
import { noFailpoint } from '#kit/failpoint.ts'
import type { Caller } from '#kit/identity.ts'
import { createSeededIds } from '#kit/ids.ts'
import { silentLog } from '#kit/logging.ts'
import { createSealer } from '#kit/seal.ts'
import { createBuckets, createObjects } from '#objects/index.ts'

/** The slice on a real store and nothing else: nodes are numbers whose frames are noted. */
export interface BareCommands extends AsyncDisposable {
  readonly commands: Commands
  readonly clock: Clock & { advance(ms: number): void }
  /** Work that was sent, in order. */
  readonly works: Work[]
  readonly cancels: string[]
  setConnected(nodeKeys: Iterable<number>): void
  /** Nodes whose link another controller holds. */
  readonly elsewhere: Set<number>
  /** Runs a writing operation and what follows its commit. */
  write<O extends OperationName>(name: O, input: Operations[O]['input']): Promise<Operations[O]['output']>
  read<O extends OperationName>(name: O, input: Operations[O]['input']): Promise<Operations[O]['output']>
  /** Applies records as one group commit of the hub. */
  records(records: readonly NodeRecord[]): Promise<void>
  result(work: Work, status?: RunRecord['status'], stdout?: string): NodeRecord
  started(work: Work): NodeRecord
}

export const nodeIdOf = (nodeKey: number): string => `mi-${String(nodeKey).padStart(17, '0')}`
const nodeKeyOf = (nodeId: string): number => Number(nodeId.slice(3))

const CONTENT = JSON.stringify({
  schemaVersion: '2.2',
  mainSteps: [{ action: 'aws:runShellScript', name: 'main', inputs: { runCommand: ['true'] } }],
})

/** Opens it; targets by the tag key `first` are the nodes with keys 1 to its value. */
export async function openBare(db: Database): Promise<BareCommands> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bare-'))
  const keys = generateKeyPairSync('ed25519')
  const publicKey = new Uint8Array(keys.publicKey.export({ type: 'spki', format: 'der' }))
  const clock = createManualClock(Date.UTC(2026, 10, 24, 12))
  const connected = new Set<number>()
  const elsewhere = new Set<number>()
  const works: Work[] = []
  const cancels: string[] = []
  const news: LinkNews[] = []
  const linkOf = (nodeKey: number): NodeLink => ({
    ...{ nodeKey, nodeId: nodeIdOf(nodeKey), epoch: 1, actions: new Set<string>(), close: () => {} },
    send(frame) {
      if (frame.kind === 'work') works.push(frame.work)
      if (frame.kind === 'cancel') cancels.push(frame.cancel.invocationId)
      return true
    },
  })
  const parsed = parseDocument(CONTENT, 'JSON')
  if (!parsed.ok) throw new Error(parsed.text)
  const { document } = parsed
  const platformTypes = ['Linux'] as const
  const commands = createCommands({
    keeping: async () => ({ commandsMs: Number.POSITIVE_INFINITY, outputBytes: Number.POSITIVE_INFINITY }),
    ...{ db, clock, ids: createSeededIds(3), home: { accountId: '123456789012', region: 'us-east-1' } },
    ...{ sealer: createSealer(new Uint8Array(32).fill(1)), objects: await createObjects({ folder }) },
    buckets: createBuckets({ folder: join(folder, 'buckets') }, clock),
    ...{ log: silentLog, failpoint: noFailpoint },
    hub: {
      find: (nodeKey) => (connected.has(nodeKey) ? linkOf(nodeKey) : undefined),
      isConnected: (nodeKey) => connected.has(nodeKey),
      elsewhere: async (_db, nodeKeys) => new Set(nodeKeys.filter((key) => elsewhere.has(key))),
      holderOf: async () => undefined,
      subscribe: (listener) => void news.push(listener),
    },
    documents: {
      arn: (name) => name,
      find: async (_db, name) => ({
        ...{ name, version: '1', hash: sha256Hex(CONTENT), document, platformTypes },
      }),
      read: async () => undefined,
    },
    audit: { write: async () => {} },
    parameters: { arnOf: (reference) => reference, resolve: async () => [], pin: async () => [] },
    groups: { conditionsOf: async () => undefined },
    fleet: {
      async select(_db, { targets }) {
        const count = Number(targets[0]?.values[0])
        const known = Array.from({ length: count }, (_, index) => index + 1).map((key) => ({
          ...{ key, id: nodeIdOf(key), host: { platformType: 'Linux' as const } },
        }))
        return { known, unknown: [], named: false }
      },
      findKey: async (_db, nodeId) => nodeKeyOf(nodeId),
      troubleOf: async () => '',
      labels: async (_db, nodeKeys) => new Map(nodeKeys.map((key) => [key, { id: nodeIdOf(key), name: undefined }])),
      findByKey: async (_db, key) => ({ id: nodeIdOf(key), roleId: 'AROA1', roleName: 'MusterNode' }),
      publicKeysOf: async () => [publicKey],
      quarantined: async () => new Map(),
      tagShares: async () => new Map(),
      deregistered: async () => [],
    },
  })
  const caller: Caller = { kind: 'root', id: '1', arn: 'arn:aws:iam::1:root', accountId: '1', source: '' }
  const run = async (name: OperationName, input: unknown, on: Tx | Database['read']) => {
    const followers: (() => void)[] = []
    const context: OperationContext<OperationName> = {
      ...{ caller, at: clock.now(), requestId: '', signal: new AbortController().signal },
      authorise: async (resources) => ({ allowed: new Set(resources), denied: new Map(), explicit: new Set() }),
      asks: () => false,
      tagsOf: async () => new Map(),
      refuse: (code, text) => new ApiError(code, text),
      afterCommit: (follower) => void followers.push(follower),
    }
    const operation = commands.operations.find((one) => one.name === name)
    return { output: await operation?.handle(on, input, context), followers }
  }
  const nodeOf = (work: Work) => {
    const nodeId = work.invocationId.slice(37)
    return { nodeKey: nodeKeyOf(nodeId), nodeId, invocationId: work.invocationId }
  }
  const resultOf = (work: Work, status: RunRecord['status'], stdout: string): NodeRecord => {
    const node = nodeOf(work)
    const runRecord = encodeRunRecord(aRunRecord(work, node.nodeId, status, stdout))
    const signature = signRunRecord(runRecord, keys.privateKey)
    const whole = new TextEncoder().encode(stdout)
    const none = { text: '', whole: new Uint8Array() }
    const heads = [{ step: 0, stdout: { text: stdout, whole }, stderr: none }]
    return { ...node, fact: { kind: 'result', result: { runRecord, signature, heads } } }
  }

  return {
    ...{ commands, clock, works, cancels },
    elsewhere,
    setConnected(nodeKeys) {
      connected.clear()
      for (const key of nodeKeys) connected.add(key)
    },
    async write(name, input) {
      const { output, followers } = await db.write((tx) => run(name, input, tx))
      for (const follower of followers) follower()
      return output as never
    },
    read: async (name, input) => (await run(name, input, db.read)).output as never,
    async records(records) {
      await db.write((tx) => commands.receivers.records(tx, records))
      commands.receivers.recordsCommitted(records)
    },
    result: (work, status = 'Success', stdout = '') => resultOf(work, status, stdout),
    started: (work) => ({
      ...nodeOf(work),
      fact: { kind: 'started', started: { step: 0, attempt: 1, at: clock.now(), bootId: 'boot' } },
    }),
    async [Symbol.asyncDispose]() {
      await commands[Symbol.asyncDispose]()
      await db[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function aRunRecord(work: Work, nodeId: string, status: RunRecord['status'], stdout: string): RunRecord {
  const decoded = decodeEnvelope(work.envelope)
  if (!decoded.ok) throw new Error(decoded.reason)
  const at = decoded.value.requestedAt
  const bytes = new TextEncoder().encode(stdout)
  const stream = (content: Uint8Array) => ({
    ...{ total: content.length, kept: content.length, dropped: 0, sha256: sha256Hex(content) },
  })
  const times = { startedAt: at, endedAt: at, bootId: 'boot', attempt: 1, status }
  return {
    ...{ format: 1, nodeId, commandId: work.commandId, envelopeHash: envelopeHash(work.envelope), ...times },
    steps: decoded.value.steps.map(({ index, name, action }) => ({
      ...{ index, name, action, ...times, exitCode: status === 'Success' ? 0 : 1 },
      ...{ stdout: stream(bytes), stderr: stream(new Uint8Array()) },
    })),
  }
}
