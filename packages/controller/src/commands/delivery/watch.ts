import type { Clock } from '@muster/protocol/kit'
import { invocationIdOf } from '#commands/command.ts'
import type { NodeSource } from '#commands/deps.ts'
import type { Database, Tx } from '#db/index.ts'
import type { Hub } from '#hub/link.ts'
import type { Sweep } from '#kit/sweep.ts'
import type { AfterCommit, Apply, Decide, JudgedCommand } from './apply.ts'
import { decideArrival, decideDue } from './decide.ts'
import type { Links } from './links.ts'
import { findDue, findHandedOver, findNodesWithWork, findOpenOf, type OpenRow } from './open-rows.ts'

export interface WatchDeps {
  readonly db: Database
  readonly clock: Clock
  readonly hub: Pick<Hub, 'elsewhere'>
  readonly links: Links
  readonly apply: Apply
  readonly fleet: Pick<NodeSource, 'deregistered'>
  readonly onFailure: (error: unknown) => void
}

/** Finds what time, a new link or a deregistration has decided about open invocations. */
export interface Watch extends AsyncDisposable {
  readonly sweeps: readonly Sweep[]
  /** A node has logged in; returns at once. */
  arrived(): void
  /** These nodes are not registered any more; returns at once. */
  deregistered(nodeKeys: readonly number[]): void
  /** Ends what the node was handed: it may have run on a machine that is not the node any more. */
  givenUp(tx: Tx, nodeKey: number, at: number): Promise<AfterCommit>
  /** Resolves when nothing that was announced is left to do. */
  settled(): Promise<void>
}

const PAGE = 500
const DUE_MS = 2_000
const DEREGISTERED_MS = 60_000

const ended: Decide = (row) =>
  row.terminal ? { kind: 'none' } : { kind: 'end', state: 'Undeliverable', reason: 'NodeDeregistered' }

const dropped: Decide = (row) =>
  row.terminal ? { kind: 'none' } : { kind: 'end', state: 'Undeliverable', reason: 'QuarantineDropped' }

export function createWatch({ db, clock, hub, links, apply, fleet, onFailure }: WatchDeps): Watch {
  let running: Promise<void> | undefined
  let looking: Promise<void> | undefined
  const pending = new Set<Promise<void>>()

  const situation = (row: OpenRow, { id }: JudgedCommand) =>
    links.situation(row, (nodeId) => invocationIdOf(id, nodeId))

  const sweepDue = async (signal: AbortSignal): Promise<void> => {
    const at = clock.now()
    const judge = async (tx: Tx, page: readonly OpenRow[]) => {
      const away = await hub.elsewhere(
        tx,
        page.map(({ nodeKey }) => nodeKey),
      )
      // What was handed over is decided where the node's link is.
      const isOthers = ({ nodeKey, releasedAt }: OpenRow): boolean =>
        links.isArriving(nodeKey) || (releasedAt !== null && away.has(nodeKey))
      const decide: Decide = (row, command) =>
        isOthers(row) ? { kind: 'none' } : decideDue(row, situation(row, command), command, at)
      return apply(tx, page, decide, at)
    }
    for (let after = { commandKey: 0, nodeKey: 0 }; !signal.aborted; ) {
      const page = await findDue(db.read, at, after, PAGE)
      if (page.length > 0) await (await db.write((tx) => judge(tx, page)))()
      const last = page[PAGE - 1]
      if (last === undefined) return
      after = last
    }
  }

  const lookAt = async (nodeKeys: readonly number[]): Promise<void> => {
    const at = clock.now()
    const decide: Decide = (row, command) => decideArrival(row, situation(row, command), command, at)
    const follow = await db.write(async (tx) => {
      return apply(tx, await findHandedOver(tx, db.dialect, nodeKeys), decide, at)
    })
    await follow()
  }

  const lookAtArrived = async (): Promise<void> => {
    // A moment later, so that nodes that come back together are one transaction.
    await new Promise((resolve) => setImmediate(resolve))
    while (await links.lookAtArrived(PAGE, lookAt)) {}
  }

  const endDeregistered = async (nodeKeys: readonly number[]): Promise<void> => {
    if (nodeKeys.length === 0) return
    const at = clock.now()
    const follow = await db.write(async (tx) => apply(tx, await findOpenOf(tx, db.dialect, nodeKeys), ended, at))
    await follow()
  }

  const sweepDeregistered = async (signal: AbortSignal): Promise<void> => {
    for (let after = 0; !signal.aborted; ) {
      const page = await findNodesWithWork(db.read, after, PAGE)
      await endDeregistered(await fleet.deregistered(db.read, page))
      const last = page[PAGE - 1]
      if (last === undefined) return
      after = last
    }
  }

  const arrived = (): void => {
    looking ??= lookAtArrived()
      .catch(onFailure)
      .finally(() => {
        looking = undefined
      })
  }

  return {
    arrived,
    deregistered(nodeKeys) {
      const work = endDeregistered(nodeKeys).catch(onFailure)
      pending.add(work)
      void work.finally(() => pending.delete(work))
    },
    async givenUp(tx, nodeKey, at) {
      return apply(tx, await findHandedOver(tx, db.dialect, [nodeKey]), dropped, at)
    },
    async settled() {
      while (looking !== undefined || pending.size > 0) await Promise.all([looking, ...pending])
      await running
    },
    sweeps: [
      {
        name: 'commands: deadlines and repeats',
        every: DUE_MS,
        async run(signal) {
          // A login that could not be looked at for a fault of the store is looked at again.
          arrived()
          await looking
          running = sweepDue(signal)
          await running
        },
      },
      { name: 'commands: deregistered nodes', every: DEREGISTERED_MS, run: sweepDeregistered },
    ],
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([looking, running, ...pending])
    },
  }
}
