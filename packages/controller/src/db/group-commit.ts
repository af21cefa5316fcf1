import type { Database } from './database.ts'
import { isStoreFault } from './errors.ts'
import type { Tx } from './transaction.ts'

export interface GroupCommitOptions<T, R> {
  readonly db: Pick<Database, 'write'>
  /** How long a batch gathers at most while batches follow one another; a lone item goes at once. */
  readonly gatherMs?: number
  readonly maxItems?: number
  /** From this many queued items on, `room` waits; at twice as many, `submit` refuses. */
  readonly maxQueued?: number
  /** Writes the items in their order and answers one result for each; it may run again, for all or some of them. */
  readonly apply: (tx: Tx, items: readonly T[]) => Promise<readonly R[]>
  /** Puts aside the one item that cannot be written; what it answers is the item's result. */
  readonly onParked: (item: T, error: unknown) => R | Promise<R>
}

export interface GroupCommit<T, R> extends AsyncDisposable {
  /** Resolves after the commit that holds the item. Rejects when the store failed: nothing of the item was kept. */
  submit(item: T): Promise<R>
  /** Resolves when the queue has room: to be awaited before more is read from a sender. */
  room(): Promise<void>
  /** Resolves when all that was submitted so far is settled. */
  drain(): Promise<void>
}

/** The queue is twice as long as it may be: the caller did not wait for `room`. */
export class QueueFull extends Error {
  override readonly name = 'QueueFull'
}

// Below this many items a batch, waiting would cost time and save no work.
const GATHERED_FROM = 4

interface Entry<T, R> {
  readonly item: T
  resolve(result: R): void
  reject(error: unknown): void
}

/** Commits what many submit in few transactions, in the order of submission, one batch at a time. */
export const createGroupCommit = <T, R>(options: GroupCommitOptions<T, R>): GroupCommit<T, R> => {
  const { db, gatherMs = 2, maxItems = 500, maxQueued = 10_000, apply, onParked } = options
  const queue: Entry<T, R>[] = []
  let waiters: (() => void)[] = []
  let running: Promise<void> | undefined
  let last = { startedAt: 0, size: 0 }
  let closed = false

  const park = async ({ item, resolve, reject }: Entry<T, R>, error: unknown): Promise<void> => {
    try {
      resolve(await onParked(item, error))
    } catch (problem) {
      reject(problem)
    }
  }

  const applyAll = (entries: readonly Entry<T, R>[]): Promise<readonly R[]> =>
    db.write((tx) =>
      apply(
        tx,
        entries.map(({ item }) => item),
      ),
    )

  const commit = async (entries: readonly Entry<T, R>[]): Promise<void> => {
    let results: readonly R[]
    try {
      results = await applyAll(entries)
    } catch (error) {
      return recover(entries, error)
    }
    for (const [index, entry] of entries.entries()) {
      if (index < results.length) entry.resolve(results[index] as R)
      else entry.reject(new TypeError(`${results.length} results for ${entries.length} items`))
    }
  }

  const recover = async (entries: readonly Entry<T, R>[], error: unknown): Promise<void> => {
    // When the store itself failed, no record is to blame: their senders keep them and come again.
    if (isStoreFault(error)) {
      for (const { reject } of entries) reject(error)
      return
    }
    const [first] = entries
    if (first !== undefined && entries.length === 1) return park(first, error)
    const middle = entries.length >> 1
    await commit(entries.slice(0, middle))
    await commit(entries.slice(middle))
  }

  const take = (): Entry<T, R>[] => {
    const batch = queue.splice(0, maxItems)
    if (queue.length < maxQueued) {
      for (const wake of waiters) wake()
      waiters = []
    }
    return batch
  }

  // While batches are large, one follows another at gatherMs after its start; otherwise at the end of this turn.
  const gather = (): Promise<void> => {
    const waitMs = last.size < GATHERED_FROM ? 0 : last.startedAt + gatherMs - performance.now()
    if (waitMs <= 0 || queue.length >= maxItems || closed) return new Promise((resolve) => setImmediate(resolve))
    return new Promise((resolve) => setTimeout(resolve, waitMs))
  }

  const run = async (): Promise<void> => {
    while (queue.length > 0) {
      await gather()
      const batch = take()
      last = { startedAt: performance.now(), size: batch.length }
      await commit(batch)
    }
    running = undefined
  }

  const drain = async (): Promise<void> => {
    while (running !== undefined) await running
  }

  return {
    submit(item) {
      if (closed) return Promise.reject(new QueueFull('The queue is closed.'))
      if (queue.length >= maxQueued * 2)
        return Promise.reject(new QueueFull(`${queue.length} records wait for their commit.`))
      return new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject })
        running ??= run()
      })
    },
    room: () => (queue.length < maxQueued ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
    drain,
    async [Symbol.asyncDispose]() {
      closed = true
      await drain()
    },
  }
}
