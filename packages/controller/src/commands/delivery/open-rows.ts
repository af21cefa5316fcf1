import type { InvocationState } from '@muster/protocol/delivery'
import type { CommandTables } from '#commands/tables.ts'
import { type Database, fromFlag, type Reader, type Tx } from '#db/index.ts'

type Dialect = Database['dialect']

/** An invocation that is not over, as decisions about it need it. */
export interface OpenRow {
  readonly commandKey: number
  readonly nodeKey: number
  readonly state: InvocationState
  readonly terminal: boolean
  readonly running: boolean
  readonly releasedAt: number | null
  readonly receivedAt: number | null
  readonly startedAt: number | null
  readonly cancelRequestedAt: number | null
  readonly nextAttemptAt: number | null
  readonly attempts: number
}

/** Names one invocation in maps. */
export const keyOf = (commandKey: number, nodeKey: number): string => `${commandKey}/${nodeKey}`

const OPEN_COLUMNS = [
  'command_invocation.command_key',
  'command_invocation.node_key',
  'command_invocation.state',
  'command_invocation.terminal',
  'command_invocation.running',
  'command_invocation.released_at',
  'command_invocation.received_at',
  'command_invocation.started_at',
  'command_invocation.cancel_requested_at',
  'command_invocation.next_attempt_at',
  'command_invocation.attempts',
] as const

interface OpenColumns {
  command_key: number
  node_key: number
  state: string
  terminal: number
  running: number
  released_at: number | null
  received_at: number | null
  started_at: number | null
  cancel_requested_at: number | null
  next_attempt_at: number | null
  attempts: number
}

const toOpenRow = (row: OpenColumns): OpenRow => ({
  commandKey: row.command_key,
  nodeKey: row.node_key,
  state: row.state as InvocationState,
  terminal: fromFlag(row.terminal),
  running: fromFlag(row.running),
  releasedAt: row.released_at,
  receivedAt: row.received_at,
  startedAt: row.started_at,
  cancelRequestedAt: row.cancel_requested_at,
  nextAttemptAt: row.next_attempt_at,
  attempts: row.attempts,
})

/** Invocations of one command by node, over or not; all of them when no nodes are given. */
export async function findInvocations(
  tx: Reader,
  dialect: Dialect,
  commandKey: number,
  nodeKeys?: readonly number[],
): Promise<OpenRow[]> {
  let query = tx
    .withTables<CommandTables>()
    .selectFrom('command_invocation')
    .select(OPEN_COLUMNS)
    .where('command_key', '=', commandKey)
    .orderBy('node_key')
  if (nodeKeys !== undefined) query = query.where(dialect.isOneOf('node_key', nodeKeys))
  return (await query.execute()).map(toOpenRow)
}

/** Invocations that are not over, of commands that are not over. */
const openInvocations = (db: Reader) =>
  db
    .withTables<CommandTables>()
    .selectFrom('command')
    .innerJoin('command_invocation', 'command_invocation.command_key', 'command.key')
    .where('command.terminal', '=', 0)
    .where('command_invocation.terminal', '=', 0)

/** Keys of commands that are not over. */
export async function findOpenWorks(db: Reader): Promise<number[]> {
  const rows = await db
    .withTables<CommandTables>()
    .selectFrom('command')
    .select('key')
    .where('terminal', '=', 0)
    .execute()
  return rows.map(({ key }) => key)
}

/** Keys of commands for which one of these nodes still waits. */
export async function findWorksWaitingFor(tx: Tx, dialect: Dialect, nodeKeys: readonly number[]): Promise<number[]> {
  const rows = await openInvocations(tx)
    .select('command.key')
    .distinct()
    .where('command_invocation.released_at', 'is', null)
    .where(dialect.isOneOf('command_invocation.node_key', nodeKeys))
    .execute()
  return rows.map(({ key }) => key)
}

/** Invocations that these nodes were handed and that are not over. */
export async function findHandedOver(tx: Tx, dialect: Dialect, nodeKeys: readonly number[]): Promise<OpenRow[]> {
  const rows = await openInvocations(tx)
    .select(OPEN_COLUMNS)
    .where('command_invocation.released_at', 'is not', null)
    .where(dialect.isOneOf('command_invocation.node_key', nodeKeys))
    .execute()
  return rows.map(toOpenRow)
}

/** Invocations that a deadline or a repeat has come for, by key after a position. */
export async function findDue(
  db: Reader,
  at: number,
  after: { readonly commandKey: number; readonly nodeKey: number },
  limit: number,
): Promise<OpenRow[]> {
  const rows = await openInvocations(db)
    .select(OPEN_COLUMNS)
    .where(({ or, and, eb }) =>
      or([
        eb('command_invocation.next_attempt_at', '<=', at),
        eb('command.expires_at', '<=', at),
        and([eb('command.deliver_by', '<=', at), eb('command_invocation.received_at', 'is', null)]),
      ]),
    )
    .where(({ or, and, eb }) =>
      or([
        eb('command_invocation.command_key', '>', after.commandKey),
        and([
          eb('command_invocation.command_key', '=', after.commandKey),
          eb('command_invocation.node_key', '>', after.nodeKey),
        ]),
      ]),
    )
    .orderBy('command_invocation.command_key')
    .orderBy('command_invocation.node_key')
    .limit(limit)
    .execute()
  return rows.map(toOpenRow)
}

/** Nodes that have something open, by key. */
export async function findNodesWithWork(db: Reader, after: number, limit: number): Promise<number[]> {
  const rows = await openInvocations(db)
    .select('command_invocation.node_key')
    .distinct()
    .where('command_invocation.node_key', '>', after)
    .orderBy('command_invocation.node_key')
    .limit(limit)
    .execute()
  return rows.map(({ node_key }) => node_key)
}

/** Nodes of a command that were handed it and are to be asked to stop. */
export async function findCancelling(db: Reader, commandKey: number): Promise<number[]> {
  const rows = await openInvocations(db)
    .select('command_invocation.node_key')
    .where('command_invocation.command_key', '=', commandKey)
    .where('command_invocation.released_at', 'is not', null)
    .where('command_invocation.cancel_requested_at', 'is not', null)
    .execute()
  return rows.map(({ node_key }) => node_key)
}

/** Everything open of these nodes. */
export async function findOpenOf(tx: Tx, dialect: Dialect, nodeKeys: readonly number[]): Promise<OpenRow[]> {
  const rows = await openInvocations(tx)
    .select(OPEN_COLUMNS)
    .where(dialect.isOneOf('command_invocation.node_key', nodeKeys))
    .execute()
  return rows.map(toOpenRow)
}

/** Nodes of one command that wait for their release, by key after a node. */
export async function findWaiting(
  tx: Tx,
  commandKey: number,
  after: number,
  limit: number,
): Promise<{ readonly nodeKey: number; readonly state: InvocationState }[]> {
  const rows = await tx
    .withTables<CommandTables>()
    .selectFrom('command_invocation')
    .select(['node_key', 'state'])
    .where('command_key', '=', commandKey)
    .where('terminal', '=', 0)
    .where('released_at', 'is', null)
    .where('node_key', '>', after)
    .orderBy('node_key')
    .limit(limit)
    .execute()
  return rows.map(({ node_key, state }) => ({ nodeKey: node_key, state: state as InvocationState }))
}
