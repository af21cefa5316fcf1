import { FIRST_REPEAT_MS } from '#commands/command.ts'
import type { Database, Tx } from '#db/index.ts'
import type { AfterCommit, Apply, Decide } from './apply.ts'
import { addDecision, applyWaitingEnd } from './ends.ts'
import { findInvocations, type OpenRow } from './open-rows.ts'
import { lockWorks, saveWorks } from './works.ts'

export interface CancelRequest {
  readonly commandKey: number
  /** These nodes only; the whole command when absent. */
  readonly nodeKeys?: readonly number[]
  readonly principal: string
  readonly at: number
}

const nothing: AfterCommit = async () => {}

/** Cancels: what waits is over at once, what was handed over is asked to stop until its node reports. */
export function createCancel(deps: {
  readonly db: Pick<Database, 'dialect'>
  readonly apply: Apply
  readonly onEnded: (commandKey: number) => void
}) {
  const { dialect } = deps.db
  return async (tx: Tx, { commandKey, nodeKeys, principal, at }: CancelRequest): Promise<AfterCommit> => {
    const work = (await lockWorks(tx, dialect, [commandKey])).get(commandKey)
    if (work === undefined || work.terminal) return nothing
    if (nodeKeys === undefined && work.cancelRequestedAt === null) {
      work.cancelRequestedAt = at
      work.state = 'Cancelling'
      addDecision(work, { code: 'CancelRequested', result: 'Blocked', parameters: { principal }, at })
    }
    await applyWaitingEnd(tx, dialect, work, {
      ...{ state: 'Cancelled', reason: 'CancelledByOperator', reasonParameters: {}, at },
      ...(nodeKeys && { nodeKeys }),
    })
    await saveWorks(tx, dialect, [work])
    const open = (await findInvocations(tx, dialect, commandKey, nodeKeys)).filter(({ terminal }) => !terminal)
    const follow = await deps.apply(tx, open, toCancelling(at), at)
    return async () => {
      deps.onEnded(commandKey)
      await follow()
    }
  }
}

const toCancelling =
  (at: number): Decide =>
  (row) =>
    row.terminal || row.releasedAt === null
      ? { kind: 'none' }
      : { kind: 'send', frame: 'cancel', row: cancelling(row, at) }

const cancelling = (row: OpenRow, at: number): OpenRow => ({
  ...row,
  state: 'Cancelling',
  cancelRequestedAt: row.cancelRequestedAt ?? at,
  attempts: 1,
  nextAttemptAt: at + FIRST_REPEAT_MS,
})
