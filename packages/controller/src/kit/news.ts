/** One who waits: remembers what was woken since it began to listen. */
export interface Listener extends Disposable {
  /** Resolves when one of the keys was woken since the last call, the time is over or the signal fires. */
  changed(ms: number, signal: AbortSignal): Promise<void>
}

/** Wakes those who wait for something to change; a hint only, each of them reads again. */
export interface News {
  wake(key: string): void
  /** To be called before reading, so that no change falls between the reading and the waiting. */
  listen(keys: readonly string[]): Listener
}

interface Waiter {
  woken: boolean
  resume: () => void
}

const nothing = (): void => {}

/** News in this process: nothing is kept for a key that nobody listens to. */
export function createNews(): News {
  const waiters = new Map<string, Set<Waiter>>()
  return {
    wake(key) {
      for (const waiter of waiters.get(key) ?? []) {
        waiter.woken = true
        waiter.resume()
      }
    },
    listen(keys) {
      const waiter: Waiter = { woken: false, resume: nothing }
      for (const key of keys) waiters.set(key, (waiters.get(key) ?? new Set()).add(waiter))
      return {
        async changed(ms, signal) {
          if (!waiter.woken && ms > 0 && !signal.aborted) await untilResumed(waiter, ms, signal)
          waiter.woken = false
        },
        [Symbol.dispose]() {
          for (const key of keys) {
            const others = waiters.get(key)
            others?.delete(waiter)
            if (others?.size === 0) waiters.delete(key)
          }
        },
      }
    },
  }
}

function untilResumed(waiter: Waiter, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      waiter.resume = nothing
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
    waiter.resume = done
  })
}
