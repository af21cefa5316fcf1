import { invocationIdOf } from '#commands/command.ts'
import type { FrozenCommands } from '#commands/frozen.ts'
import type { FrozenCommand } from '#commands/store.ts'
import type { Database, Tx } from '#db/index.ts'
import type { Hub } from '#hub/link.ts'
import type { Release, Rollout } from '#rollout/index.ts'
import { updateOpen } from './changes.ts'
import type { Verdict } from './decide.ts'
import { applyEnds, type DueEnd } from './ends.ts'
import { findInvocations, type OpenRow } from './open-rows.ts'
import { type CommandPort, toWork } from './port.ts'
import type { Transit } from './transit.ts'
import { hasWaiting, lockWorks, saveWorks, type WorkRow } from './works.ts'

export interface ApplyDeps {
  readonly db: Pick<Database, 'dialect'>
  readonly hub: Pick<Hub, 'find'>
  readonly frozen: FrozenCommands
  readonly port: CommandPort
  readonly rollout: Rollout
  readonly transit: Transit
  readonly onEnded: (rows: readonly OpenRow[]) => void
  /** Slots of these commands are free, or may be. */
  readonly onSlots: (commandKeys: readonly number[]) => void
}

/** A command as its frozen parts and its counters have it. */
export type JudgedCommand = FrozenCommand & { readonly isStopped: boolean }

export type Decide = (row: OpenRow, command: JudgedCommand) => Verdict

/** What follows the commit. */
export type AfterCommit = () => Promise<void>

interface Sending {
  readonly command: FrozenCommand
  readonly nodeKey: number
  readonly frame: 'work' | 'cancel'
}

/** Carries out decisions about open invocations: decided again on locked rows, ended or sent, and the next released. */
export function createApply(deps: ApplyDeps) {
  const { frozen, hub, port, rollout, transit } = deps
  const { dialect } = deps.db

  return async (tx: Tx, candidates: readonly OpenRow[], decide: Decide, at: number): Promise<AfterCommit> => {
    const byCommand = Map.groupBy(candidates, ({ commandKey }) => commandKey)
    const works = await lockWorks(tx, dialect, byCommand.keys())
    const changes: OpenRow[] = []
    const ends: DueEnd[] = []
    const ending: OpenRow[] = []
    const sendings: Sending[] = []
    for (const [commandKey, rows] of byCommand) {
      const command = await frozen.find(tx, commandKey)
      const work = works.get(commandKey)
      if (command === undefined || work === undefined) continue
      const judged = { ...command, isStopped: work.errors > work.errorLimit }
      const nodeKeys = rows.map(({ nodeKey }) => nodeKey)
      for (const row of await findInvocations(tx, dialect, commandKey, nodeKeys)) {
        const verdict = decide(row, judged)
        if (verdict.kind === 'none') continue
        if (verdict.kind === 'end') {
          ends.push(toEnd(row, verdict, { ...command, ...work }, at))
          ending.push(row)
          continue
        }
        // Errors that are coming may stop the command: then it is not sent now, and decided again later.
        if (verdict.kind === 'send' && verdict.frame === 'work' && !transit.depart(work, [row.nodeKey])) continue
        changes.push(verdict.row)
        if (verdict.kind === 'send') sendings.push({ command, nodeKey: row.nodeKey, frame: verdict.frame })
      }
    }
    await updateOpen(tx, dialect, changes)
    await applyEnds(tx, dialect, works, ends)
    let releases: readonly Release[] = []
    let waiting: readonly number[] = []
    if (ends.length > 0) {
      await saveWorks(tx, dialect, works.values())
      port.adopt(tx, works)
      releases = await rollout.advance(tx, [...works.keys()])
      waiting = [...works.values()].filter(hasWaiting).map(({ key }) => key)
    }
    return async () => {
      for (const sending of sendings) send(hub, sending)
      deps.onEnded(ending)
      deps.onSlots(waiting)
      await rollout.handOver(releases)
    }
  }
}

export type Apply = ReturnType<typeof createApply>

/** Sends a cancel or work to a node if it has a link; what is lost is repeated. */
function send(hub: Pick<Hub, 'find'>, { command, nodeKey, frame }: Sending): void {
  const link = hub.find(nodeKey)
  if (link === undefined) return
  if (frame === 'work') link.send(toWork(command, link.nodeId))
  else link.send({ kind: 'cancel', cancel: { invocationId: invocationIdOf(command.id, link.nodeId) } })
}

function toEnd(
  row: OpenRow,
  { state, reason }: Extract<Verdict, { kind: 'end' }>,
  { deliverBy, expiresAt, errors, errorLimit }: FrozenCommand & Pick<WorkRow, 'errors' | 'errorLimit'>,
  at: number,
): DueEnd {
  const times: Readonly<Record<string, Record<string, string>>> = {
    DeliveryTimedOut: { deadline: new Date(deliverBy).toISOString() },
    SilentPastExpiry: { expiry: new Date(expiresAt).toISOString() },
    ErrorLimitReached: { errors: String(errors), limit: String(errorLimit) },
  }
  return {
    ...{ commandKey: row.commandKey, nodeKey: row.nodeKey, state, reason, endedAt: at, wasRunning: row.running },
    ...{ receivedAt: row.receivedAt, startedAt: row.startedAt, record: null, signature: null },
    reasonParameters: times[reason] ?? {},
  }
}
