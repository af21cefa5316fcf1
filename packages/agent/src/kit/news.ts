/** Wakes whoever waits; news that nobody waited for is kept for the next one. */
export interface News {
  announce(): void
  /** Resolves at the next news, at once when there was some since the last wait; also when the signal aborts. */
  wait(signal?: AbortSignal): Promise<void>
}

/** Makes a wake-up call for one waiter or many. */
export function createNews(): News {
  let unheard = false
  const waiters = new Set<() => void>()
  return {
    announce() {
      unheard = waiters.size === 0
      for (const wake of waiters) wake()
      waiters.clear()
    },
    wait(signal) {
      // Whoever has stopped already must not take the news from those who go on.
      if (signal?.aborted) return Promise.resolve()
      if (unheard) {
        unheard = false
        return Promise.resolve()
      }
      return new Promise((resolve) => {
        const wake = () => {
          waiters.delete(wake)
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        waiters.add(wake)
        signal?.addEventListener('abort', wake)
      })
    },
  }
}
