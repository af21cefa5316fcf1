import type { Clock } from '@muster/protocol/kit'
import { parseInvocationId } from '#commands/command.ts'
import type { FrozenCommands } from '#commands/frozen.ts'
import type { StreamKey } from '#commands/output/store.ts'
import { applyReported, type ReportedStream } from '#commands/output/whole.ts'
import type { FrozenCommand } from '#commands/store.ts'
import { insertUploads } from '#commands/upload/store.ts'
import type { Database, Tx } from '#db/index.ts'
import type { NodeRecord, Receivers, ResultFact, StartedFact } from '#hub/link.ts'
import type { Failpoint } from '#kit/failpoint.ts'
import type { Release, Rollout } from '#rollout/index.ts'
import { type InvocationChange, type StepStart, updateEndedSteps, updateOpen, updateStartedSteps } from './changes.ts'
import { applyEnds } from './ends.ts'
import type { LateResult } from './late.ts'
import { findInvocations, keyOf, type OpenRow } from './open-rows.ts'
import type { CommandPort } from './port.ts'
import { type Proofs, RecordRefused } from './proofs.ts'
import { countsAsError, type Report, toReport } from './report.ts'
import type { Transit } from './transit.ts'
import { hasWaiting, lockWorks, saveWorks } from './works.ts'

export interface ReceiveDeps {
  readonly db: Pick<Database, 'dialect'>
  readonly clock: Clock
  readonly frozen: FrozenCommands
  readonly proofs: Proofs
  readonly port: CommandPort
  readonly rollout: Rollout
  readonly transit: Transit
  readonly failpoint: Failpoint
  /** Keeps results of invocations that are over. */
  readonly keepLate: (tx: Tx, results: readonly LateResult[], at: number) => Promise<readonly ReportedStream[]>
  /** A record was refused: the agent will not send it again. */
  readonly onRefused: (commandKey: number, nodeKey: number) => void
  /** Results are durable: their streams, and the invocations that ended. */
  readonly onResults: (
    streams: readonly ReportedStream[],
    ended: readonly OpenRow[],
    /** Those that go to a bucket. */
    uploads: readonly StreamKey[],
  ) => void
  /** Slots of these commands are free, or may be. */
  readonly onSlots: (commandKeys: readonly number[]) => void
  /** That a run started there is durable. */
  readonly onStarted: (commandKey: number, nodeKeys: readonly number[]) => void
  readonly onFailure: (error: unknown) => void
}

/** What follows the commit of a batch. */
interface Effects {
  readonly releases: readonly Release[]
  readonly streams: readonly ReportedStream[]
  readonly ended: readonly OpenRow[]
  readonly waiting: readonly number[]
  readonly started: readonly InvocationChange[]
  readonly uploads: readonly StreamKey[]
}

interface Arrived {
  readonly record: NodeRecord
  readonly command: FrozenCommand
  readonly row: OpenRow
}

/** Applies what nodes report, a group commit at a time: states, counters and the next release are one transaction. */
export function createReceive(
  deps: ReceiveDeps,
): Pick<Receivers, 'prepare' | 'records' | 'recordsCommitted' | 'receipts'> {
  const { clock, frozen, rollout, port, transit, failpoint } = deps
  const { dialect } = deps.db
  // By the fact itself: a batch may run again, or in halves, and only the last run counts.
  const effects = new WeakMap<NodeRecord['fact'], Effects>()

  return {
    prepare(record) {
      const command = frozen.peek(parseInvocationId(record.invocationId)?.commandId ?? '')
      if (command === undefined) return undefined
      transit.reported(command.key, record.nodeKey)
      if (record.fact.kind !== 'result') return undefined
      const { result } = record.fact
      const isError = countsAsError(deps.proofs.prepare(record, result, command) ?? result.runRecord)
      return isError ? transit.errorCame(command.key, record.nodeKey) : undefined
    },

    async records(tx, records) {
      const arrived = await resolve(tx, records)
      const works = await lockWorks(
        tx,
        dialect,
        arrived.map(({ command }) => command.key),
      )
      const current = await reread(tx, arrived)
      const batch = await sort(tx, current)
      await updateOpen(tx, dialect, batch.changes)
      await updateStartedSteps(tx, dialect, batch.stepStarts)
      const ended = await applyEnds(
        tx,
        dialect,
        works,
        batch.reports.map(({ end }) => end),
      )
      const applied = new Set(ended.map((end) => keyOf(end.commandKey, end.nodeKey)))
      const reports = batch.reports.filter(({ end }) => applied.has(keyOf(end.commandKey, end.nodeKey)))
      await updateEndedSteps(
        tx,
        dialect,
        reports.flatMap(({ steps }) => steps),
      )
      const streams = reports.flatMap((report) => report.streams)
      await applyReported(tx, dialect, streams)
      const late = await deps.keepLate(tx, batch.late, clock.now())
      const brought = [...streams, ...late]
      const withBucket = new Set(current.flatMap(({ command }) => (command.hasBucket ? [command.key] : [])))
      const uploads = brought.filter(({ commandKey, kept }) => kept > 0 && withBucket.has(commandKey))
      await insertUploads(tx, dialect, uploads, clock.now())
      for (const work of works.values())
        transit.counted(
          work,
          ended.flatMap(({ commandKey, nodeKey }) => (commandKey === work.key ? [nodeKey] : [])),
        )
      const finished = reports.length > 0 ? await release(tx, works) : []
      await failpoint('results-writing')
      const rows = current.filter(({ row }) => applied.has(keyOf(row.commandKey, row.nodeKey))).map(({ row }) => row)
      const [first] = records
      const waiting = reports.length > 0 ? [...works.values()].filter(hasWaiting).map(({ key }) => key) : []
      const started = batch.changes
      if (first !== undefined)
        effects.set(first.fact, { releases: finished, streams: brought, ended: rows, waiting, started, uploads })
    },

    recordsCommitted(records) {
      const done = records.flatMap(({ fact }) => {
        const found = effects.get(fact)
        effects.delete(fact)
        return found ?? []
      })
      void follow(done).catch(deps.onFailure)
    },

    async receipts(tx, receipts) {
      const commands = await frozen.findByIds(
        tx,
        receipts.flatMap(({ invocationId }) => parseInvocationId(invocationId)?.commandId ?? []),
      )
      const nodes = Map.groupBy(receipts, ({ invocationId }) => {
        return commands.get(parseInvocationId(invocationId)?.commandId ?? '')?.key
      })
      const at = clock.now()
      const changes: InvocationChange[] = []
      for (const [commandKey, ofCommand] of nodes) {
        if (commandKey === undefined) continue
        const nodeKeys = [...new Set(ofCommand.map(({ nodeKey }) => nodeKey))]
        const rows = await findInvocations(tx, dialect, commandKey, nodeKeys)
        changes.push(...rows.filter(isUnreceived).map((row) => toReceived(row, at)))
      }
      await updateOpen(tx, dialect, changes)
    },
  }

  /** Finds the invocation that each record is of; one that is none of the sender's is refused. */
  async function resolve(tx: Tx, records: readonly NodeRecord[]): Promise<Omit<Arrived, 'row'>[]> {
    const ids = records.map((record) => {
      const id = parseInvocationId(record.invocationId)
      if (id === undefined || id.nodeId !== record.nodeId)
        throw new RecordRefused(`${record.invocationId} is no invocation of this node.`)
      return id.commandId
    })
    const commands = await frozen.findByIds(tx, ids)
    return records.map((record, index) => {
      const command = commands.get(ids[index] ?? '')
      if (command === undefined) throw new RecordRefused(`There is no command ${ids[index]}.`)
      return { record, command }
    })
  }

  /** Reads the invocations once their commands are locked. */
  async function reread(tx: Tx, arrived: readonly Omit<Arrived, 'row'>[]): Promise<Arrived[]> {
    const rows = new Map<string, OpenRow>()
    for (const [commandKey, ofCommand] of Map.groupBy(arrived, ({ command }) => command.key)) {
      const nodeKeys = [...new Set(ofCommand.map(({ record }) => record.nodeKey))]
      for (const row of await findInvocations(tx, dialect, commandKey, nodeKeys))
        rows.set(keyOf(commandKey, row.nodeKey), row)
    }
    return arrived.map(({ record, command }) => {
      const row = rows.get(keyOf(command.key, record.nodeKey))
      if (row === undefined) throw new RecordRefused(`${record.invocationId} was not given to this node.`)
      return { record, command, row }
    })
  }

  /** What the batch comes to: at most one change or one end an invocation. */
  async function sort(tx: Tx, arrived: readonly Arrived[]) {
    const at = clock.now()
    const changes = new Map<string, InvocationChange>()
    const stepStarts = new Map<string, StepStart>()
    const reports = new Map<string, Report>()
    const late = new Map<string, LateResult>()
    for (const { record, command, row } of arrived) {
      const key = keyOf(row.commandKey, row.nodeKey)
      if (record.fact.kind === 'result') {
        const { result } = record.fact
        const checked = await check(tx, record, result, command)
        if (row.terminal) late.set(key, { row, record: checked, result })
        else if (!reports.has(key)) reports.set(key, toReport(row, checked, result, at))
      } else if (!row.terminal) {
        const { started } = record.fact
        const { commandKey, nodeKey } = row
        changes.set(key, toStarted(changes.get(key) ?? row, started, at))
        const { step, attempt } = started
        stepStarts.set(`${key}/${step}`, { commandKey, nodeKey, step, attempt, startedAt: started.at })
      }
    }
    return {
      changes: [...changes].filter(([key]) => !reports.has(key)).map(([, change]) => change),
      stepStarts: [...stepStarts.values()].filter((start) => !reports.has(keyOf(start.commandKey, start.nodeKey))),
      reports: [...reports.values()],
      late: [...late.values()],
    }
  }

  async function check(tx: Tx, record: NodeRecord, result: ResultFact, command: FrozenCommand) {
    try {
      return await deps.proofs.verify(tx, record, result, command)
    } catch (error) {
      if (error instanceof RecordRefused) deps.onRefused(command.key, record.nodeKey)
      throw error
    }
  }

  async function release(tx: Tx, works: Awaited<ReturnType<typeof lockWorks>>): Promise<readonly Release[]> {
    await saveWorks(tx, dialect, works.values())
    port.adopt(tx, works)
    return rollout.advance(tx, works.keys().toArray())
  }

  async function follow(done: readonly Effects[]): Promise<void> {
    if (done.length === 0) return
    await failpoint('results-written')
    for (const { streams, ended, started, uploads } of done) {
      for (const { commandKey, nodeKey } of started) deps.onStarted(commandKey, [nodeKey])
      deps.onResults(streams, ended, uploads)
    }
    deps.onSlots(done.flatMap(({ waiting }) => waiting))
    for (const { releases } of done) await rollout.handOver(releases)
  }
}

const isUnreceived = (row: OpenRow): boolean => !row.terminal && row.receivedAt === null && row.releasedAt !== null

const toReceived = (row: InvocationChange, at: number): InvocationChange => ({
  ...row,
  state: row.state === 'Pending' ? 'InProgress' : row.state,
  receivedAt: row.receivedAt ?? at,
  // A cancel is repeated until the result; work is not.
  nextAttemptAt: row.cancelRequestedAt === null ? null : row.nextAttemptAt,
})

const toStarted = (row: InvocationChange, started: StartedFact, at: number): InvocationChange => ({
  ...toReceived(row, at),
  startedAt: row.startedAt ?? started.at,
})
