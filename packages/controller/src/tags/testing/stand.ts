import { isDeepStrictEqual } from 'node:util'
import { checkOutput, findOperationByName, type OperationName, type Operations } from '@muster/protocol/api'
import { createManualClock, type ManualClock } from '@muster/protocol/kit'
import { type Access, createAccess, initialiseAccess, rootPrincipal } from '#access/index.ts'
import { createApi, type Judge, type Operation } from '#api/index.ts'
import { type Audit, createAudit } from '#audit/index.ts'
import type { Database } from '#db/index.ts'
import type { Caller, Home } from '#kit/identity.ts'
import { createSeededIds, type Ids } from '#kit/ids.ts'
import { silentLog } from '#kit/logging.ts'
import { createMetrics } from '#kit/metrics.ts'
import { createSealer, type Sealer } from '#kit/seal.ts'
import { createTags, type Tags } from '../index.ts'

/** What slices' tests stand on: a real store, real access and tags, and the real pipeline in front of operations. */
export interface Parts {
  readonly db: Database
  readonly home: Home
  readonly clock: ManualClock
  readonly ids: Ids
  readonly sealer: Sealer
  readonly access: Access
  readonly audit: Audit
  readonly tags: Tags
}

export interface Refusal {
  readonly code: string
  readonly text: string | undefined
}

export interface Stand extends Parts, AsyncDisposable {
  readonly root: Caller
  /** Calls an operation and expects success. */
  call<O extends OperationName>(name: O, input: Operations[O]['input'], by?: Caller): Promise<Operations[O]['output']>
  /** Calls an operation with any input and expects an error. */
  refused(name: OperationName, input: unknown, by?: Caller): Promise<Refusal>
}

export const START = Date.UTC(2026, 10, 24, 12)

export interface StandOptions {
  /** Decides in place of real access. */
  readonly decide?: Judge['decide']
}

/** Opens a stand for the slices' operations that `wire` gives. */
export async function openStand(
  db: Database,
  wire: (parts: Parts) => readonly Operation[] = () => [],
  { decide }: StandOptions = {},
): Promise<Stand> {
  const clock = createManualClock(START)
  const ids = createSeededIds(1)
  const sealer = createSealer(new Uint8Array(32).fill(7))
  const home = { accountId: '123456789012', region: 'us-east-1' }
  await initialiseAccess({ db, sealer, ids, clock }, { accountId: home.accountId })
  const audit = createAudit({
    db,
    sealer,
    clock,
    ids,
    log: silentLog,
    metrics: createMetrics(),
    controllerId: 'controller-1',
  })
  const access = createAccess({ db, sealer, ids, clock, home })
  const tags = createTags({ home })
  const parts = { db, home, clock, ids, sealer, access, audit, tags }
  const operations = [...audit.operations, ...tags.operations, ...wire(parts)]
  const failures: unknown[] = []
  const log = { ...silentLog, error: (fields: { err?: unknown }) => void failures.push(fields.err) }
  const common = { log, metrics: createMetrics(), regionAliases: [], routes: [] }
  const judged = decide ? { access: { ...access, judge: async () => ({ decide, asks: () => false }) } } : {}
  const api = createApi({ ...parts, ...judged, ...common, tagsOf: tags.ofArns, operations })
  const root: Caller = { ...rootPrincipal(home), source: '192.0.2.1' }

  const send = async (name: OperationName, input: unknown, by: Caller) => {
    const { status, body } = await api.call(by, name, Buffer.from(JSON.stringify(input)))
    const fault = failures.pop()
    if (fault !== undefined) throw new Error(`${name} failed`, { cause: fault })
    if (status === 200) checkAnswer(name, body)
    return { status, value: JSON.parse(body) as Record<string, unknown> }
  }
  return {
    ...parts,
    root,
    async call(name, input, by = root) {
      const { status, value } = await send(name, input, by)
      if (status !== 200) throw new Error(`${name} was refused: ${JSON.stringify(value)}`)
      return value
    },
    async refused(name, input, by = root) {
      const { status, value } = await send(name, input, by)
      if (status === 200) throw new Error(`${name} was not refused: ${JSON.stringify(value)}`)
      const text = value['message'] ?? value['Message']
      return { code: String(value['__type']), text: typeof text === 'string' ? text : undefined }
    },
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]()
      await db[Symbol.asyncDispose]()
    },
  }
}

const ALSO_EMPTY = ['InvalidParameters', 'DeletedParameters', 'InvalidLabels', 'RemovedLabels', 'Labels']

/** The service itself answers 0 and empty lists here, although its model says at least 1. */
const isBelowItsModel = (key: string, member: unknown): boolean =>
  (key === 'RegistrationsCount' && member === 0) ||
  (ALSO_EMPTY.includes(key) && Array.isArray(member) && member.length === 0)

function checkAnswer(name: OperationName, body: string): void {
  const model = findOperationByName(name)
  const value: unknown = JSON.parse(body, (key, member) => (isBelowItsModel(key, member) ? undefined : member))
  const checked = model && checkOutput(model, value)
  if (!checked?.ok) throw new Error(`${name} answered what its model does not allow: ${checked?.text}`)
}

/** Reads a list to its end by pages of one size, and checks that none is larger. */
export async function pages<T>(
  read: (token: string | undefined) => Promise<{ items: readonly T[]; token: string | undefined }>,
  size: number,
): Promise<T[]> {
  const all: T[] = []
  for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
    const page = await read(token)
    if (page.items.length > size) throw new Error(`a page has ${page.items.length} items`)
    if (isDeepStrictEqual(page.token, token) && !first) throw new Error('a token continues itself')
    all.push(...page.items)
    token = page.token
  }
  return all
}
