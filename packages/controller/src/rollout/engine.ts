import type { Clock } from '@muster/protocol/kit'
import type { Database, Tx } from '#db/index.ts'
import type { Hub } from '#hub/link.ts'
import type { Failpoint } from '#kit/failpoint.ts'
import type { Sweep } from '#kit/sweep.ts'
import { planRelease } from './plan.ts'
import type { RolloutPort } from './port.ts'

export interface RolloutDeps {
  readonly db: Pick<Database, 'write'>
  readonly hub: Pick<Hub, 'isConnected' | 'subscribe'>
  readonly clock: Clock
  readonly port: RolloutPort
  readonly failpoint: Failpoint
  readonly onFailure: (error: unknown) => void
}

/** Targets released in a transaction: to be handed over once it is durable. */
export interface Release {
  readonly workKey: number
  readonly targets: readonly number[]
}

export interface Rollout extends AsyncDisposable {
  /** Something may be released now; returns at once. */
  kick(workKeys: readonly number[]): void
  /** Releases what is due as part of the caller's transaction. */
  advance(tx: Tx, workKeys: readonly number[]): Promise<readonly Release[]>
  /** After the commit of `advance`. */
  handOver(releases: readonly Release[]): Promise<void>
  /** Resolves when nothing that was kicked is left to do. */
  settled(): Promise<void>
  readonly sweep: Sweep
}

// Small enough that a command to everybody does not keep others from their turn.
const WORKS_A_TURN = 16
const TARGETS_A_TURN = 1000
const SWEEP_MS = 5_000

/** The engine of "this work, these targets, this rate"; a round takes works in turn and commits once. */
export function createRollout(deps: RolloutDeps): Rollout {
  const { db, hub, clock, port, failpoint } = deps
  const due = new Set<number>()
  const joined = new Set<number>()
  let round: Promise<void> | undefined
  let stopped = false

  const advance = async (tx: Tx, workKeys: readonly number[]): Promise<Release[]> => {
    const releases: Release[] = []
    // One order for all, so that two transactions never wait for each other.
    for (const workKey of [...new Set(workKeys)].sort((a, b) => a - b)) {
      const targets = await advanceOne(tx, workKey)
      if (targets.length > 0) releases.push({ workKey, targets })
    }
    return releases
  }

  const advanceOne = async (tx: Tx, workKey: number): Promise<readonly number[]> => {
    const state = await port.state(tx, workKey, hub.isConnected, TARGETS_A_TURN)
    if (state === undefined) return []
    const plan = planRelease(state)
    const at = clock.now()
    if (plan.kind === 'stop') await port.stop(tx, workKey, plan.reason, at)
    if (plan.kind !== 'release') return []
    const released = await port.release(tx, workKey, plan.targets, at)
    if (released.length >= TARGETS_A_TURN) due.add(workKey)
    return released
  }

  const handOver = async (releases: readonly Release[]): Promise<void> => {
    if (releases.length > 0) await failpoint('hand-over')
    for (const { workKey, targets } of releases) await port.handOver(workKey, targets)
    if (due.size > 0) wake()
  }

  const takeTurn = async (): Promise<void> => {
    const nodes = takeFrom(joined, 500)
    const works = takeFrom(due, WORKS_A_TURN)
    const releases = await db.write(async (tx) => {
      const found = nodes.length > 0 ? await port.openFor(tx, nodes) : []
      const released = await advance(tx, [...works, ...found])
      if (released.length > 0) await failpoint('release-writing')
      return released
    })
    if (releases.length > 0) await failpoint('release-written')
    await handOver(releases)
  }

  const run = async (): Promise<void> => {
    while (!stopped && (due.size > 0 || joined.size > 0)) {
      try {
        await takeTurn()
      } catch (error) {
        // What was lost here is found again by the sweep.
        deps.onFailure(error)
      }
    }
  }

  const wake = (): void => {
    if (stopped || round !== undefined) return
    // A tick later, so that news that comes together is one transaction.
    round = Promise.resolve()
      .then(run)
      .finally(() => {
        round = undefined
        if (due.size > 0 || joined.size > 0) wake()
      })
  }

  const kick = (workKeys: readonly number[]): void => {
    for (const workKey of workKeys) due.add(workKey)
    if (due.size > 0) wake()
  }

  hub.subscribe({
    connected: (link) => {
      joined.add(link.nodeKey)
      wake()
    },
    lost: () => {},
  })

  return {
    kick,
    advance,
    handOver,
    async settled() {
      while (round !== undefined) await round
    },
    sweep: {
      name: 'rollout',
      every: SWEEP_MS,
      async run() {
        kick(await db.write((tx) => port.open(tx)))
        while (round !== undefined) await round
      },
    },
    async [Symbol.asyncDispose]() {
      stopped = true
      await round
    },
  }
}

function takeFrom(keys: Set<number>, count: number): number[] {
  const taken: number[] = []
  for (const key of keys) {
    if (taken.length === count) break
    taken.push(key)
    keys.delete(key)
  }
  return taken
}
