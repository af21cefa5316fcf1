import type { Tx } from '#db/index.ts'

/** "This work, these targets, this rate": one piece of work as its slice stores it. */
export interface RolloutState {
  readonly workKey: number
  readonly concurrencyLimit: number
  /** Stops on error number errorLimit + 1. */
  readonly errorLimit: number
  readonly errors: number
  /** Handed over to a live link and neither ended nor silent past expiry. */
  readonly running: number
  readonly cancelled: boolean
  /** Waiting targets, in node key order, that have a live link now (at most as many as could be released). */
  readonly ready: readonly number[]
  /** Some waiting targets are not connected. */
  readonly offline: boolean
}

/** What to do next with a piece of work: decided by `planRelease`, pure. */
export type ReleasePlan =
  | { readonly kind: 'release'; readonly targets: readonly number[] }
  | { readonly kind: 'stop'; readonly reason: 'ErrorLimitReached' }
  | { readonly kind: 'wait'; readonly reason: 'WaitingForSlot' | 'NodeOffline' | 'NothingWaiting' }

/** What a slice implements for the engine; all of it inside the given transaction. */
export interface RolloutPort {
  /** Keys of work with targets that still wait. */
  open(tx: Tx): Promise<readonly number[]>
  /** Keys of work in which one of these nodes waits. */
  openFor(tx: Tx, nodeKeys: readonly number[]): Promise<readonly number[]>
  /** The state, with the work locked until the transaction ends; undefined when nothing of it waits. */
  state(
    tx: Tx,
    workKey: number,
    isConnected: (nodeKey: number) => boolean,
    maxReady: number,
  ): Promise<RolloutState | undefined>
  /** Answers those that were released: fewer when something has come up since `state`. */
  release(tx: Tx, workKey: number, targets: readonly number[], at: number): Promise<readonly number[]>
  stop(tx: Tx, workKey: number, reason: 'ErrorLimitReached', at: number): Promise<void>
  /** After the commit: hands released work to links. */
  handOver(workKey: number, targets: readonly number[]): Promise<void>
}
