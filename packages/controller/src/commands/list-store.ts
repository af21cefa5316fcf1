import type { Selectable, SelectQueryBuilder } from 'kysely'
import { precedes, type Reader } from '#db/index.ts'
import type { ListFilter } from './filter.ts'
import type { CommandRow, CommandTables, InvocationRow, StepRow } from './tables.ts'

/** A command as lists show it; its envelope is left out. */
export type ListedCommand = Omit<Selectable<CommandRow>, 'envelope'>

export const COMMAND_COLUMNS = [
  ...(['command.key', 'command.id', 'command.principal_id', 'command.principal_arn'] as const),
  ...(['command.document_name', 'command.document_version', 'command.document_hash', 'command.comment'] as const),
  ...(['command.parameters_sealed', 'command.instance_ids', 'command.targets', 'command.options'] as const),
  ...(['command.max_concurrency', 'command.max_errors', 'command.concurrency_limit', 'command.error_limit'] as const),
  ...(['command.timeout_seconds', 'command.requested_at', 'command.deliver_by', 'command.expires_at'] as const),
  ...(['command.state', 'command.terminal', 'command.ended_at', 'command.cancel_requested_at'] as const),
  ...(['command.target_count', 'command.completed_count', 'command.error_count'] as const),
  ...(['command.delivery_timed_out_count', 'command.running_count', 'command.decisions'] as const),
] as const

export interface CommandsPage {
  readonly filter: ListFilter
  readonly commandKey?: number
  readonly nodeKey?: number
  /** Requested at and key of the last one shown. */
  readonly after?: readonly [number, number] | undefined
  readonly limit: number
}

/** Commands, newest first. */
export function listCommands(db: Reader, page: CommandsPage): Promise<ListedCommand[]> {
  const { filter, commandKey, nodeKey, after, limit } = page
  if (nodeKey !== undefined) return listCommandsOf(db, nodeKey, page)
  let query = db
    .withTables<CommandTables>()
    .selectFrom('command')
    .select(COMMAND_COLUMNS)
    .orderBy('command.requested_at', 'desc')
    .orderBy('command.key', 'desc')
    .limit(limit)
  if (commandKey !== undefined) query = query.where('command.key', '=', commandKey)
  if (after !== undefined) query = query.where(precedes(['command.requested_at', 'command.key'], after))
  return narrow(query, filter).execute()
}

// A node's own commands stand in an index by key, which ascends with the time of acceptance.
function listCommandsOf(
  db: Reader,
  nodeKey: number,
  { filter, commandKey, after, limit }: CommandsPage,
): Promise<ListedCommand[]> {
  let query = db
    .withTables<CommandTables>()
    .selectFrom('command_invocation')
    .innerJoin('command', 'command.key', 'command_invocation.command_key')
    .select(COMMAND_COLUMNS)
    .where('command_invocation.node_key', '=', nodeKey)
    .orderBy('command_invocation.command_key', 'desc')
    .limit(limit)
  if (commandKey !== undefined) query = query.where('command_invocation.command_key', '=', commandKey)
  if (after !== undefined) query = query.where('command_invocation.command_key', '<', after[1])
  return narrow(query, filter).execute()
}

export async function findCommand(db: Reader, id: string): Promise<ListedCommand | undefined> {
  return db
    .withTables<CommandTables>()
    .selectFrom('command')
    .select(COMMAND_COLUMNS)
    .where('command.id', '=', id)
    .executeTakeFirst()
}

/** An invocation with what its views show of its command. */
export interface ListedInvocation extends Omit<Selectable<InvocationRow>, 'record' | 'signature' | 'late_record'> {
  readonly id: string
  readonly comment: string
  readonly document_name: string
  readonly document_version: string
  readonly options: string
}

export const INVOCATION_COLUMNS = [
  ...(['command_invocation.command_key', 'command_invocation.node_key', 'command_invocation.state'] as const),
  ...(['command_invocation.terminal', 'command_invocation.reason', 'command_invocation.reason_parameters'] as const),
  ...(['command_invocation.requested_at', 'command_invocation.released_at'] as const),
  ...(['command_invocation.received_at', 'command_invocation.started_at', 'command_invocation.ended_at'] as const),
  ...(['command_invocation.cancel_requested_at', 'command_invocation.next_attempt_at'] as const),
  ...(['command_invocation.attempts', 'command_invocation.running', 'command_invocation.late_at'] as const),
  ...(['command.id', 'command.comment', 'command.document_name', 'command.document_version'] as const),
  'command.options' as const,
] as const

export interface InvocationsPage {
  readonly filter: ListFilter
  readonly commandKey?: number
  readonly nodeKey?: number
  /** Command and node of the last one shown. */
  readonly after?: readonly [number, number] | undefined
  readonly limit: number
}

/** Invocations, those of the newest command first and by node within one. */
export async function listInvocations(
  db: Reader,
  { filter, commandKey, nodeKey, after, limit }: InvocationsPage,
): Promise<ListedInvocation[]> {
  let query = invocations(db)
    .orderBy('command_invocation.command_key', 'desc')
    .orderBy('command_invocation.node_key')
    .limit(limit)
  if (commandKey !== undefined) query = query.where('command_invocation.command_key', '=', commandKey)
  if (nodeKey !== undefined) query = query.where('command_invocation.node_key', '=', nodeKey)
  if (after !== undefined) {
    const [afterCommand, afterNode] = after
    query = query
      .where('command_invocation.command_key', '<=', afterCommand)
      .where(({ or, eb }) =>
        or([
          eb('command_invocation.command_key', '<', afterCommand),
          eb('command_invocation.node_key', '>', afterNode),
        ]),
      )
  }
  return narrow(query, filter, 'command_invocation').execute()
}

export function findInvocation(db: Reader, commandKey: number, nodeKey: number): Promise<ListedInvocation | undefined> {
  return invocations(db)
    .where('command_invocation.command_key', '=', commandKey)
    .where('command_invocation.node_key', '=', nodeKey)
    .executeTakeFirst()
}

const invocations = (db: Reader) =>
  db
    .withTables<CommandTables>()
    .selectFrom('command_invocation')
    .innerJoin('command', 'command.key', 'command_invocation.command_key')
    .select(INVOCATION_COLUMNS)

function narrow<TB extends keyof CommandTables, O>(
  query: SelectQueryBuilder<CommandTables, TB | 'command', O>,
  { after, before, documentName, states, terminal }: ListFilter,
  of: 'command' | 'command_invocation' = 'command',
): SelectQueryBuilder<CommandTables, TB | 'command', O> {
  let narrowed = query as SelectQueryBuilder<CommandTables, 'command' | 'command_invocation', O>
  // No state is an empty text.
  if (states !== undefined) narrowed = narrowed.where(`${of}.state`, 'in', states.length > 0 ? states : [''])
  if (terminal !== undefined) narrowed = narrowed.where(`${of}.terminal`, '=', terminal ? 1 : 0)
  if (after !== undefined) narrowed = narrowed.where('command.requested_at', '>', after)
  if (before !== undefined) narrowed = narrowed.where('command.requested_at', '<', before)
  if (documentName !== undefined) narrowed = narrowed.where('command.document_name', '=', documentName)
  return narrowed as SelectQueryBuilder<CommandTables, TB | 'command', O>
}

export type ListedStep = Selectable<StepRow>

/** Steps of one invocation, in order. */
export function findSteps(db: Reader, commandKey: number, nodeKey: number): Promise<ListedStep[]> {
  return db
    .withTables<CommandTables>()
    .selectFrom('command_step')
    .selectAll()
    .where('command_key', '=', commandKey)
    .where('node_key', '=', nodeKey)
    .orderBy('step')
    .execute()
}

/** What a node signed, and what came of it after the invocation was over. */
export async function findProof(
  db: Reader,
  commandKey: number,
  nodeKey: number,
): Promise<Pick<Selectable<InvocationRow>, 'record' | 'signature' | 'late_record'> | undefined> {
  return db
    .withTables<CommandTables>()
    .selectFrom('command_invocation')
    .select(['record', 'signature', 'late_record'])
    .where('command_key', '=', commandKey)
    .where('node_key', '=', nodeKey)
    .executeTakeFirst()
}
