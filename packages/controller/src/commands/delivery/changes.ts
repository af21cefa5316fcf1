import type { InvocationState } from '@muster/protocol/delivery'
import type { CommandTables } from '#commands/tables.ts'
import { type Database, type ManyUpdate, type Tx, toFlag, toJson } from '#db/index.ts'

type Dialect = Database['dialect']

/** What a step towards the end changes of an invocation; members that are left out keep their value. */
export interface InvocationChange {
  readonly commandKey: number
  readonly nodeKey: number
  readonly state: InvocationState
  readonly running: boolean
  readonly releasedAt: number | null
  readonly receivedAt: number | null
  readonly startedAt: number | null
  readonly cancelRequestedAt: number | null
  readonly nextAttemptAt: number | null
  readonly attempts: number
}

const CHANGES: ManyUpdate = {
  table: 'command_invocation',
  key: ['command_key', 'node_key'],
  columns: {
    command_key: 'int',
    node_key: 'int',
    state: 'text',
    running: 'int',
    released_at: 'int',
    received_at: 'int',
    started_at: 'int',
    cancel_requested_at: 'int',
    next_attempt_at: 'int',
    attempts: 'int',
  },
  onlyIf: 'terminal = 0',
}

/** Moves invocations that are not over and stay so. */
export async function updateOpen(tx: Tx, dialect: Dialect, changes: readonly InvocationChange[]): Promise<void> {
  const rows = changes.map((change) => ({
    command_key: change.commandKey,
    node_key: change.nodeKey,
    state: change.state,
    running: toFlag(change.running),
    released_at: change.releasedAt,
    received_at: change.receivedAt,
    started_at: change.startedAt,
    cancel_requested_at: change.cancelRequestedAt,
    next_attempt_at: change.nextAttemptAt,
    attempts: change.attempts,
  }))
  await dialect.updateMany(tx, CHANGES, rows)
}

/** The end of an invocation: one terminal state, its reason and, where a node reported, its signed record. */
export interface InvocationEnd {
  readonly commandKey: number
  readonly nodeKey: number
  readonly state: InvocationState
  readonly reason: string | null
  readonly reasonParameters: Readonly<Record<string, string>> | null
  readonly startedAt: number | null
  readonly receivedAt: number | null
  readonly endedAt: number
  readonly record: Uint8Array | null
  readonly signature: Uint8Array | null
}

const ENDS: ManyUpdate = {
  table: 'command_invocation',
  key: ['command_key', 'node_key'],
  columns: {
    command_key: 'int',
    node_key: 'int',
    state: 'text',
    terminal: 'int',
    running: 'int',
    reason: 'text',
    reason_parameters: 'text',
    received_at: 'int',
    started_at: 'int',
    ended_at: 'int',
    next_attempt_at: 'int',
    record: 'bytes',
    signature: 'bytes',
  },
  onlyIf: 'terminal = 0',
}

/** Ends invocations; answers for each whether it was open until now. Only this and `endWaiting` make a state terminal. */
export function updateEnded(tx: Tx, dialect: Dialect, ends: readonly InvocationEnd[]): Promise<boolean[]> {
  const rows = ends.map((end) => ({
    command_key: end.commandKey,
    node_key: end.nodeKey,
    state: end.state,
    terminal: 1,
    running: 0,
    reason: end.reason,
    reason_parameters: end.reasonParameters === null ? null : toJson(end.reasonParameters),
    received_at: end.receivedAt,
    started_at: end.startedAt,
    ended_at: end.endedAt,
    next_attempt_at: null,
    record: end.record,
    signature: end.signature,
  }))
  return dialect.updateMany(tx, ENDS, rows)
}

export interface WaitingEnd {
  readonly state: InvocationState
  readonly reason: string
  readonly reasonParameters: Readonly<Record<string, string>>
  readonly at: number
  /** These nodes only; all that wait when absent. */
  readonly nodeKeys?: readonly number[]
}

/** Ends the invocations of a command that were never handed over; answers how many. */
export async function endWaiting(tx: Tx, dialect: Dialect, commandKey: number, end: WaitingEnd): Promise<number> {
  let query = tx
    .withTables<CommandTables>()
    .updateTable('command_invocation')
    .set({
      state: end.state,
      terminal: 1,
      reason: end.reason,
      reason_parameters: toJson(end.reasonParameters),
      ended_at: end.at,
    })
    .where('command_key', '=', commandKey)
    .where('terminal', '=', 0)
    .where('released_at', 'is', null)
  if (end.nodeKeys !== undefined) query = query.where(dialect.isOneOf('node_key', end.nodeKeys))
  const { numUpdatedRows } = await query.executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** Takes a slot for each of these nodes and notes the hand-over that follows the commit. */
export async function updateReleased(
  tx: Tx,
  dialect: Dialect,
  commandKey: number,
  nodeKeys: readonly number[],
  { at, nextAttemptAt }: { readonly at: number; readonly nextAttemptAt: number },
): Promise<number> {
  const { numUpdatedRows } = await tx
    .withTables<CommandTables>()
    .updateTable('command_invocation')
    .set({ state: 'Pending', released_at: at, running: 1, attempts: 1, next_attempt_at: nextAttemptAt })
    .where('command_key', '=', commandKey)
    .where('terminal', '=', 0)
    .where('released_at', 'is', null)
    .where(dialect.isOneOf('node_key', nodeKeys))
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** Notes which of these nodes are not connected while they wait. */
export async function updateDelayed(
  tx: Tx,
  dialect: Dialect,
  commandKey: number,
  nodeKeys: readonly number[],
): Promise<void> {
  await tx
    .withTables<CommandTables>()
    .updateTable('command_invocation')
    .set({ state: 'Delayed' })
    .where('command_key', '=', commandKey)
    .where('state', '=', 'Pending')
    .where('released_at', 'is', null)
    .where(dialect.isOneOf('node_key', nodeKeys))
    .execute()
}

export interface LateRecord {
  readonly commandKey: number
  readonly nodeKey: number
  readonly record: Uint8Array
  readonly at: number
}

/** Keeps what a node reported after its invocation was over without a report; answers for each whether it is the first. */
export function updateLate(tx: Tx, dialect: Dialect, late: readonly LateRecord[]): Promise<boolean[]> {
  return dialect.updateMany(
    tx,
    {
      table: 'command_invocation',
      key: ['command_key', 'node_key'],
      columns: { command_key: 'int', node_key: 'int', late_record: 'bytes', late_at: 'int' },
      onlyIf: 'terminal = 1 and record is null and late_record is null',
    },
    late.map(({ commandKey, nodeKey, record, at }) => ({
      command_key: commandKey,
      node_key: nodeKey,
      late_record: record,
      late_at: at,
    })),
  )
}

export interface StepStart {
  readonly commandKey: number
  readonly nodeKey: number
  readonly step: number
  readonly attempt: number
  readonly startedAt: number
}

/** Notes steps that started. */
export async function updateStartedSteps(tx: Tx, dialect: Dialect, starts: readonly StepStart[]): Promise<void> {
  await dialect.updateMany(
    tx,
    {
      table: 'command_step',
      key: ['command_key', 'node_key', 'step'],
      columns: { command_key: 'int', node_key: 'int', step: 'int', state: 'text', attempt: 'int', started_at: 'int' },
      onlyIf: 'ended_at is null',
    },
    starts.map((start) => ({
      command_key: start.commandKey,
      node_key: start.nodeKey,
      step: start.step,
      state: 'InProgress',
      attempt: start.attempt,
      started_at: start.startedAt,
    })),
  )
}

export interface StepEnd extends Omit<StepStart, 'startedAt'> {
  /** Null for a step that never ran. */
  readonly startedAt: number | null
  readonly state: string
  readonly code: number
  readonly endedAt: number
  readonly stdoutHead: string
  readonly stderrHead: string
  readonly reason: string | null
}

/** Notes steps as the node's result has them. */
export async function updateEndedSteps(tx: Tx, dialect: Dialect, ends: readonly StepEnd[]): Promise<void> {
  await dialect.updateMany(
    tx,
    {
      table: 'command_step',
      key: ['command_key', 'node_key', 'step'],
      columns: {
        ...{ command_key: 'int', node_key: 'int', step: 'int', state: 'text', code: 'int', attempt: 'int' },
        ...{ started_at: 'int', ended_at: 'int', stdout_head: 'text', stderr_head: 'text', reason: 'text' },
      },
    },
    ends.map((end) => ({
      ...{ command_key: end.commandKey, node_key: end.nodeKey, step: end.step, state: end.state, code: end.code },
      ...{ attempt: end.attempt, started_at: end.startedAt, ended_at: end.endedAt },
      ...{ stdout_head: end.stdoutHead, stderr_head: end.stderrHead, reason: end.reason },
    })),
  )
}
