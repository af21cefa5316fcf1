import { type Database, type ManyColumns, type Reader, type Tx, toJson } from '#db/index.ts'
import type { Sealer } from '#kit/seal.ts'
import { type CommandDecision, isTerminal, type PlannedCommand, repeatDelayMs } from './command.ts'
import { hasBucket } from './options.ts'
import type { CommandTables } from './tables.ts'

const INVOCATIONS: ManyColumns = {
  table: 'command_invocation',
  columns: {
    command_key: 'int',
    node_key: 'int',
    state: 'text',
    terminal: 'int',
    reason: 'text',
    reason_parameters: 'text',
    requested_at: 'int',
    released_at: 'int',
    ended_at: 'int',
    next_attempt_at: 'int',
    attempts: 'int',
    running: 'int',
  },
}

const STEPS: ManyColumns = {
  table: 'command_step',
  columns: {
    command_key: 'int',
    node_key: 'int',
    step: 'int',
    name: 'text',
    action: 'text',
    state: 'text',
    code: 'int',
    attempt: 'int',
    stdout_head: 'text',
    stderr_head: 'text',
  },
}

const sealedAs = (what: 'parameters' | 'envelope', commandId: string): string => `command/${what}/${commandId}`

/** Writes an accepted command with all its invocations and steps; answers its key. */
export async function insertCommand(
  tx: Tx,
  { dialect, sealer }: { readonly dialect: Database['dialect']; readonly sealer: Sealer },
  command: PlannedCommand,
): Promise<number> {
  const key = await insertHead(tx, sealer, command)
  const { request, releasedAt } = command
  await dialect.insertMany(
    tx,
    INVOCATIONS,
    command.invocations.map(({ nodeKey, state, reason, reasonParameters, released }) => ({
      command_key: key,
      node_key: nodeKey,
      state,
      terminal: isTerminal(state) ? 1 : 0,
      reason: reason ?? null,
      reason_parameters: reasonParameters ? toJson(reasonParameters) : null,
      requested_at: request.at,
      released_at: released ? releasedAt : null,
      ended_at: isTerminal(state) ? request.at : null,
      next_attempt_at: released ? releasedAt + repeatDelayMs(1) : null,
      attempts: released ? 1 : 0,
      running: released ? 1 : 0,
    })),
  )
  const steps = command.invocations.flatMap(({ nodeKey }) =>
    command.steps.map(({ index, name, action }) => ({
      ...{ command_key: key, node_key: nodeKey, step: index, name, action },
      ...{ state: 'Pending', code: -1, attempt: 0, stdout_head: '', stderr_head: '' },
    })),
  )
  await dialect.insertMany(tx, STEPS, steps)
  return key
}

/** Public ids of commands, by key. */
export async function findCommandIds(
  db: Reader,
  dialect: Database['dialect'],
  keys: readonly number[],
): Promise<Map<number, string>> {
  const rows = await db
    .withTables<CommandTables>()
    .selectFrom('command')
    .select(['key', 'id'])
    .where(dialect.isOneOf('key', keys))
    .execute()
  return new Map(rows.map(({ key, id }) => [key, id]))
}

async function insertHead(tx: Tx, sealer: Sealer, command: PlannedCommand): Promise<number> {
  const { request } = command
  const terminal = command.counters.completed === command.invocations.length
  const { key } = await tx
    .withTables<CommandTables>()
    .insertInto('command')
    .values({
      id: request.id,
      principal_id: request.principal.id,
      principal_arn: request.principal.arn,
      document_name: request.document.name,
      document_version: request.document.version,
      document_hash: request.document.hash,
      envelope: sealer.seal(command.envelope, sealedAs('envelope', request.id)),
      comment: request.comment,
      parameters_sealed: sealer.seal(Buffer.from(toJson(request.given)), sealedAs('parameters', request.id)),
      instance_ids: toJson(request.instanceIds),
      targets: toJson(request.targets),
      options: toJson(request.options),
      max_concurrency: request.maxConcurrency,
      max_errors: request.maxErrors,
      concurrency_limit: command.concurrencyLimit,
      error_limit: command.errorLimit,
      timeout_seconds: request.timeoutSeconds,
      requested_at: request.at,
      deliver_by: command.deliverBy,
      expires_at: command.expiresAt,
      state: command.state,
      terminal: terminal ? 1 : 0,
      ended_at: terminal ? request.at : null,
      cancel_requested_at: null,
      target_count: command.invocations.length,
      completed_count: command.counters.completed,
      error_count: 0,
      delivery_timed_out_count: 0,
      running_count: command.counters.running,
      decisions: toJson(command.decisions satisfies readonly CommandDecision[]),
    })
    .returning('key')
    .executeTakeFirstOrThrow()
  return key
}

/** What a node needs to get a command, and a result to be checked. */
export interface FrozenCommand {
  readonly key: number
  readonly id: string
  readonly envelope: Uint8Array
  readonly deliverBy: number
  readonly expiresAt: number
  /** Its output also goes to a bucket. */
  readonly hasBucket: boolean
}

/** Finds the frozen parts of commands by key. */
export async function findFrozen(
  db: Reader,
  { dialect, sealer }: { readonly dialect: Database['dialect']; readonly sealer: Sealer },
  keys: readonly number[],
): Promise<FrozenCommand[]> {
  const rows = await db
    .withTables<CommandTables>()
    .selectFrom('command')
    .select(['key', 'id', 'envelope', 'deliver_by', 'expires_at', 'options'])
    .where(dialect.isOneOf('key', keys))
    .execute()
  return rows.map((row) => ({
    key: row.key,
    id: row.id,
    envelope: sealer.open(row.envelope, sealedAs('envelope', row.id)),
    deliverBy: row.deliver_by,
    expiresAt: row.expires_at,
    hasBucket: hasBucket(row),
  }))
}

/** Keys of commands by their public ids; ids that name none are left out. */
export async function findCommandKeys(
  db: Reader,
  dialect: Database['dialect'],
  ids: readonly string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .withTables<CommandTables>()
    .selectFrom('command')
    .select(['key', 'id'])
    .where(dialect.isOneOf('id', ids))
    .execute()
  return new Map(rows.map(({ id, key }) => [id, key]))
}

/** Reads parameters back as the caller gave them. */
export function openParameters(sealer: Sealer, commandId: string, sealed: Uint8Array): Record<string, string[]> {
  return JSON.parse(Buffer.from(sealer.open(sealed, sealedAs('parameters', commandId))).toString())
}
