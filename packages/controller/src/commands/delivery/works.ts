import type { CommandState, InvocationCounts } from '@muster/protocol/delivery'
import type { CommandTables } from '#commands/tables.ts'
import { type Database, fromFlag, type ManyUpdate, type Tx, toFlag } from '#db/index.ts'

type Dialect = Database['dialect']

/** A command as rollout and results change it; written back as a whole by `saveWorks`. */
export interface WorkRow {
  readonly key: number
  readonly id: string
  readonly concurrencyLimit: number
  readonly errorLimit: number
  readonly deliverBy: number
  readonly expiresAt: number
  readonly targetCount: number
  state: CommandState
  terminal: boolean
  endedAt: number | null
  cancelRequestedAt: number | null
  completed: number
  errors: number
  deliveryTimedOut: number
  running: number
  decisions: string
}

/** Whether targets of a command wait for a slot. */
export const hasWaiting = ({ terminal, targetCount, completed, running }: WorkRow): boolean =>
  !terminal && targetCount > completed + running

/** Reads commands in one order and keeps others from changing them until the transaction ends. */
export async function lockWorks(tx: Tx, dialect: Dialect, keys: Iterable<number>): Promise<Map<number, WorkRow>> {
  const wanted = [...new Set(keys)]
  if (wanted.length === 0) return new Map()
  const query = tx
    .withTables<CommandTables>()
    .selectFrom('command')
    .select(['key', 'id', 'concurrency_limit', 'error_limit', 'deliver_by', 'expires_at', 'target_count', 'state'])
    .select(['terminal', 'ended_at', 'cancel_requested_at', 'completed_count', 'error_count'])
    .select(['delivery_timed_out_count', 'running_count', 'decisions'])
    .where(dialect.isOneOf('key', wanted))
    .orderBy('key')
  const rows = await dialect.forUpdate(query).execute()
  return new Map(
    rows.map((row) => [
      row.key,
      {
        key: row.key,
        id: row.id,
        concurrencyLimit: row.concurrency_limit,
        errorLimit: row.error_limit,
        deliverBy: row.deliver_by,
        expiresAt: row.expires_at,
        targetCount: row.target_count,
        state: row.state as CommandState,
        terminal: fromFlag(row.terminal),
        endedAt: row.ended_at,
        cancelRequestedAt: row.cancel_requested_at,
        completed: row.completed_count,
        errors: row.error_count,
        deliveryTimedOut: row.delivery_timed_out_count,
        running: row.running_count,
        decisions: row.decisions,
      },
    ]),
  )
}

const WORKS: ManyUpdate = {
  table: 'command',
  key: ['key'],
  columns: {
    key: 'int',
    state: 'text',
    terminal: 'int',
    ended_at: 'int',
    cancel_requested_at: 'int',
    completed_count: 'int',
    error_count: 'int',
    delivery_timed_out_count: 'int',
    running_count: 'int',
    decisions: 'text',
  },
}

/** Writes what changed of locked commands; a terminal one is never written again. */
export async function saveWorks(tx: Tx, dialect: Dialect, works: Iterable<WorkRow>): Promise<void> {
  const rows = [...works].map((work) => ({
    key: work.key,
    state: work.state,
    terminal: toFlag(work.terminal),
    ended_at: work.endedAt,
    cancel_requested_at: work.cancelRequestedAt,
    completed_count: work.completed,
    error_count: work.errors,
    delivery_timed_out_count: work.deliveryTimedOut,
    running_count: work.running,
    decisions: work.decisions,
  }))
  await dialect.updateMany(tx, { ...WORKS, onlyIf: 'terminal = 0' }, rows)
}

/** How many invocations of a command are in each state. */
export async function countStates(tx: Tx, commandKey: number): Promise<InvocationCounts> {
  const rows = await tx
    .withTables<CommandTables>()
    .selectFrom('command_invocation')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .where('command_key', '=', commandKey)
    .groupBy('state')
    .execute()
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]))
}
