import type { InvocationState } from '@muster/protocol/delivery'
import { repeatDelayMs } from '#commands/command.ts'
import type { OpenRow } from './open-rows.ts'

/** What is known of the node of an invocation at this moment. */
export interface NodeSituation {
  readonly connected: boolean
  /** When its link came up, controller time. */
  readonly since: number
  /** Whether it told at login, or by a receipt since, that it has this invocation. */
  readonly holds: boolean
  /** When its journal began; what it was given before that and does not hold may have run. */
  readonly journalSince: number
}

export interface Deadlines {
  readonly deliverBy: number
  readonly expiresAt: number
  /** The command has more errors than it may have: nothing of it starts any more. */
  readonly isStopped: boolean
}

/** What to do about an open invocation. */
export type Verdict =
  | { readonly kind: 'none' }
  | { readonly kind: 'end'; readonly state: InvocationState; readonly reason: string }
  | { readonly kind: 'send'; readonly frame: 'work' | 'cancel'; readonly row: OpenRow }
  | { readonly kind: 'received'; readonly row: OpenRow }

const none: Verdict = { kind: 'none' }
const missed: Verdict = { kind: 'end', state: 'DeliveryTimedOut', reason: 'DeliveryTimedOut' }
const stopped: Verdict = { kind: 'end', state: 'Terminated', reason: 'ErrorLimitReached' }
const forgotten: Verdict = { kind: 'end', state: 'Failed', reason: 'JournalDamaged' }
const silent: Verdict = { kind: 'end', state: 'DeliveryTimedOut', reason: 'SilentPastExpiry' }

/** A receipt that is on its way when the deadline passes has this long to come. */
export const RECEIPT_GRACE_MS = 15_000

/** Decides about an invocation whose time for a repeat or a deadline has come. */
export function decideDue(row: OpenRow, node: NodeSituation, deadlines: Deadlines, at: number): Verdict {
  const { deliverBy, expiresAt, isStopped } = deadlines
  if (row.terminal) return none
  // Never handed over: certain that it does not run.
  if (row.releasedAt === null) return at >= deliverBy ? missed : none
  const reports = node.connected && node.holds
  if (at >= expiresAt && !reports) return silent
  const isKnown = row.receivedAt !== null || row.startedAt !== null
  if (!isKnown && at >= deliverBy) {
    // Connected, and it does not have it: past the deadline it would not start it either.
    const hasAnswered = node.connected && !node.holds && at >= Math.max(deliverBy, node.since) + RECEIPT_GRACE_MS
    return hasAnswered ? missed : none
  }
  if (!node.connected || row.nextAttemptAt === null || row.nextAttemptAt > at) return none
  if (row.cancelRequestedAt !== null) return { kind: 'send', frame: 'cancel', row: repeated(row, at) }
  return isKnown || isStopped ? none : { kind: 'send', frame: 'work', row: repeated(row, at) }
}

/** Decides about what a node was handed before the link that it has just opened. */
export function decideArrival(row: OpenRow, node: NodeSituation, deadlines: Deadlines, at: number): Verdict {
  // Handed over by the new link itself.
  if (row.terminal || row.releasedAt === null || row.releasedAt >= node.since) return none
  if (node.holds) {
    if (row.cancelRequestedAt !== null) return { kind: 'send', frame: 'cancel', row: repeated(received(row, at), at) }
    return row.receivedAt === null ? { kind: 'received', row: received(row, at) } : none
  }
  // It may have started, and the journal that would know is gone: it is not run again.
  if (row.releasedAt < node.journalSince) return forgotten
  if (row.startedAt !== null) return none
  if (row.cancelRequestedAt !== null) return { kind: 'end', state: 'Cancelled', reason: 'CancelledByOperator' }
  if (deadlines.isStopped) return stopped
  if (at >= deadlines.deliverBy) return missed
  return { kind: 'send', frame: 'work', row: { ...repeated(row, at), state: 'Pending', receivedAt: null } }
}

const repeated = (row: OpenRow, at: number): OpenRow => {
  const attempts = row.attempts + 1
  return { ...row, attempts, nextAttemptAt: at + repeatDelayMs(attempts) }
}

const received = (row: OpenRow, at: number): OpenRow => ({
  ...row,
  state: row.state === 'Pending' ? 'InProgress' : row.state,
  receivedAt: row.receivedAt ?? at,
  nextAttemptAt: null,
})
