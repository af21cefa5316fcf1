import type { Clock } from '@muster/protocol/kit'
import { invocationIdOf, repeatDelayMs } from '#commands/command.ts'
import type { NodeSource } from '#commands/deps.ts'
import type { FrozenCommands } from '#commands/frozen.ts'
import type { Database, Tx } from '#db/index.ts'
import type { Hub } from '#hub/link.ts'
import type { Failpoint } from '#kit/failpoint.ts'
import type { RolloutPort, RolloutState } from '#rollout/index.ts'
import { updateDelayed, updateReleased } from './changes.ts'
import { addDecision, applyWaitingEnd } from './ends.ts'
import { findOpenWorks, findWaiting, findWorksWaitingFor } from './open-rows.ts'
import type { Transit } from './transit.ts'
import { lockWorks, saveWorks, type WorkRow } from './works.ts'

export interface PortDeps {
  readonly fleet: Pick<NodeSource, 'quarantined'>
  readonly db: Pick<Database, 'dialect' | 'read'>
  readonly clock: Clock
  readonly hub: Pick<Hub, 'find' | 'elsewhere'>
  readonly frozen: FrozenCommands
  readonly transit: Transit
  readonly failpoint: Failpoint
  /** A command came to its end outside of a result. */
  readonly onEnded: (commandKey: number) => void
  /** Work of a command is with these nodes now. */
  readonly onHandedOver: (commandKey: number, nodeKeys: readonly number[]) => void
}

/** Commands as work to roll out. */
export interface CommandPort extends RolloutPort {
  /** Gives a transaction the commands that it has locked and written already. */
  adopt(tx: Tx, works: ReadonlyMap<number, WorkRow>): void
}

const PAGE = 500
const SENDS_A_TURN = 250

export function createCommandPort({
  fleet,
  db,
  clock,
  hub,
  frozen,
  transit,
  failpoint,
  onEnded,
  onHandedOver,
}: PortDeps): CommandPort {
  const { dialect } = db
  const locked = new WeakMap<Tx, Map<number, WorkRow>>()

  const lock = async (tx: Tx, workKey: number): Promise<WorkRow | undefined> => {
    const known = locked.get(tx)?.get(workKey)
    if (known !== undefined) return known
    const work = (await lockWorks(tx, dialect, [workKey])).get(workKey)
    if (work !== undefined) locked.set(tx, (locked.get(tx) ?? new Map()).set(workKey, work))
    return work
  }

  return {
    adopt(tx, works) {
      locked.set(tx, new Map([...(locked.get(tx) ?? []), ...works]))
    },
    open: (tx) => findOpenWorks(tx),
    openFor: (tx, nodeKeys) => findWorksWaitingFor(tx, dialect, nodeKeys),

    async state(tx, workKey, isConnected, maxReady) {
      const work = await lock(tx, workKey)
      if (work === undefined || work.terminal) return undefined
      const { concurrencyLimit, errorLimit, errors, running } = work
      const cancelled = work.cancelRequestedAt !== null
      const state = { workKey, concurrencyLimit, errorLimit, errors, running, cancelled }
      const free = concurrencyLimit - running
      // Past the deadline nobody would start it; the watch ends what waits.
      const isLate = clock.now() >= work.deliverBy
      if (cancelled || errors > errorLimit || free <= 0 || isLate) return { ...state, ready: [], offline: false }
      return { ...state, ...(await lookForReady(tx, workKey, isConnected, Math.min(free, maxReady))) }
    },

    async release(tx, workKey, targets, at) {
      const work = await lock(tx, workKey)
      if (work === undefined || !transit.depart(work, targets)) return []
      const nextAttemptAt = at + repeatDelayMs(1)
      work.running += await updateReleased(tx, dialect, workKey, targets, { at, nextAttemptAt })
      if (work.state === 'Pending' || work.state === 'Delayed') work.state = 'InProgress'
      await saveWorks(tx, dialect, [work])
      return targets
    },

    async stop(tx, workKey, reason, at) {
      const work = await lock(tx, workKey)
      if (work === undefined) return
      const parameters = { errors: String(work.errors), limit: String(work.errorLimit) }
      const end = { state: 'Terminated', reason, reasonParameters: parameters, at } as const
      if ((await applyWaitingEnd(tx, dialect, work, end)) === 0) return
      addDecision(work, { code: reason, result: 'Blocked', parameters, at })
      await saveWorks(tx, dialect, [work])
      onEnded(workKey)
    },

    async handOver(workKey, targets) {
      onHandedOver(workKey, targets)
      const command = await frozen.find(db.read, workKey)
      if (command === undefined) return
      for (const [index, nodeKey] of targets.entries()) {
        const link = hub.find(nodeKey)
        if (link !== undefined) link.send(toWork(command, link.nodeId))
        if (index === 0) await failpoint('hand-over-midway')
        // A command to everybody leaves room for what comes in.
        else if (index % SENDS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }

  async function lookForReady(
    tx: Tx,
    workKey: number,
    isConnected: (nodeKey: number) => boolean,
    wanted: number,
  ): Promise<Pick<RolloutState, 'ready' | 'offline'>> {
    const ready: number[] = []
    const lost: number[] = []
    let offline = false
    for (let after = 0; ready.length < wanted; ) {
      const page = await findWaiting(tx, workKey, after, PAGE)
      const away = await hub.elsewhere(
        tx,
        page.flatMap(({ nodeKey }) => (isConnected(nodeKey) ? [] : [nodeKey])),
      )
      for (const { nodeKey, state } of page) {
        after = nodeKey
        if (isConnected(nodeKey)) {
          if (ready.length < wanted) ready.push(nodeKey)
        } else if (!away.has(nodeKey)) {
          offline = true
          if (state === 'Pending') lost.push(nodeKey)
        }
      }
      if (page.length < PAGE) break
    }
    // A node in quarantine may well be connected: it waits for an operator, not for its link.
    const held = await fleet.quarantined(tx, lost)
    const delayed = lost.filter((nodeKey) => !held.has(nodeKey))
    if (delayed.length > 0) await updateDelayed(tx, dialect, workKey, delayed)
    return { ready, offline }
  }
}

/** The frame that gives a node its work. */
export const toWork = (
  { id, envelope, deliverBy, expiresAt }: NonNullable<Awaited<ReturnType<FrozenCommands['find']>>>,
  nodeId: string,
) =>
  ({
    kind: 'work',
    work: { invocationId: invocationIdOf(id, nodeId), commandId: id, envelope, deliverBy, expiresAt, signatures: [] },
  }) as const
