import { StoreBusy, StoreLost } from './errors.ts'

interface Waiter<T> {
  take(item: T): void
  fail(error: Error): void
}

export interface Turns<T> {
  /** An item for the caller alone, in the order of asking; fails after the waiting time. */
  acquire(): Promise<T>
  release(item: T): void
  /** Fails everyone who waits and all who ask later. */
  close(error: Error): void
}

/** Hands out items fairly, starting one more by `start` while there are fewer than `most`. */
export const createTurns = <T>({
  most,
  waitMs,
  start,
}: {
  most: number
  waitMs: number
  start: () => Promise<T>
}): Turns<T> => {
  const idle: T[] = []
  const waiting = new Set<Waiter<T>>()
  let started = 0
  let closed: Error | undefined

  const release = (item: T): void => {
    for (const next of waiting) {
      waiting.delete(next)
      next.take(item)
      return
    }
    idle.push(item)
  }

  const wait = () =>
    new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(waiter)
        reject(new StoreBusy(`No turn on the database within ${waitMs} ms.`))
      }, waitMs)
      const waiter: Waiter<T> = {
        take(item) {
          clearTimeout(timer)
          resolve(item)
        },
        fail(error) {
          clearTimeout(timer)
          reject(error)
        },
      }
      waiting.add(waiter)
    })

  const startOne = async (): Promise<T> => {
    started++
    try {
      return await start()
    } catch (error) {
      started--
      throw error
    }
  }

  // What cannot be started now (no file descriptor is left, say) costs time while there are others.
  const startOrWait = (): Promise<T> =>
    startOne().catch((error: unknown) => {
      if (closed !== undefined || started === 0) throw error
      return idle.pop() ?? wait()
    })

  return {
    async acquire() {
      if (closed !== undefined) throw new StoreLost(closed.message, { cause: closed })
      const item = idle.pop()
      if (item !== undefined) return item
      return started < most ? startOrWait() : wait()
    },
    release,
    close(error) {
      closed ??= error
      for (const waiter of waiting) waiter.fail(new StoreLost(error.message, { cause: error }))
      waiting.clear()
    },
  }
}
