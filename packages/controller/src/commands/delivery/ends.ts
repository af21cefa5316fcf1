import { commandOutcome, invocationStates } from '@muster/protocol/delivery'
import type { CommandDecision } from '#commands/command.ts'
import type { Database, Tx } from '#db/index.ts'
import { endWaiting, type InvocationEnd, updateEnded, type WaitingEnd } from './changes.ts'
import { countStates, type WorkRow } from './works.ts'

type Dialect = Database['dialect']

/** An end that is due, and whether the invocation took a slot until now. */
export interface DueEnd extends InvocationEnd {
  readonly wasRunning: boolean
}

/** Ends invocations and moves the counters of their locked commands along; answers which were open until now. */
export async function applyEnds(
  tx: Tx,
  dialect: Dialect,
  works: ReadonlyMap<number, WorkRow>,
  ends: readonly DueEnd[],
): Promise<DueEnd[]> {
  const changed = await updateEnded(tx, dialect, ends)
  const applied = ends.filter((_, index) => changed[index])
  for (const end of applied) {
    const work = works.get(end.commandKey)
    if (work !== undefined) count(work, end, 1)
  }
  await settle(tx, works.values(), (work) => latestOf(applied, work.key))
  return applied
}

/** Ends what still waits of a locked command, counters included. */
export async function applyWaitingEnd(tx: Tx, dialect: Dialect, work: WorkRow, end: WaitingEnd): Promise<number> {
  const ended = await endWaiting(tx, dialect, work.key, end)
  count(work, { state: end.state, wasRunning: false }, ended)
  await settle(tx, [work], () => end.at)
  return ended
}

function count(work: WorkRow, { state, wasRunning }: Pick<DueEnd, 'state' | 'wasRunning'>, times: number): void {
  work.completed += times
  if (invocationStates[state].countsAsError) work.errors += times
  if (state === 'DeliveryTimedOut') work.deliveryTimedOut += times
  if (wasRunning) work.running -= times
}

/** Gives commands whose last invocation has ended their own terminal state. */
async function settle(tx: Tx, works: Iterable<WorkRow>, endedAt: (work: WorkRow) => number): Promise<void> {
  for (const work of works) {
    if (work.terminal || work.completed < work.targetCount) continue
    const counts = await countStates(tx, work.key)
    const cancelRequested = work.cancelRequestedAt !== null
    work.state = commandOutcome({ counts, maxErrors: work.errorLimit, cancelRequested })
    work.terminal = true
    work.endedAt = endedAt(work)
  }
}

const latestOf = (ends: readonly DueEnd[], commandKey: number): number =>
  ends.reduce((latest, end) => (end.commandKey === commandKey ? Math.max(latest, end.endedAt) : latest), 0)

/** Adds a reason that holds for the whole command. */
export function addDecision(work: WorkRow, decision: CommandDecision): void {
  work.decisions = JSON.stringify([...(JSON.parse(work.decisions) as CommandDecision[]), decision])
}
