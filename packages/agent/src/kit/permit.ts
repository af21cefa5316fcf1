/** A door that many wait at: open lets all through, closed none. */
export interface Permit {
  open(): void
  close(): void
  /** Resolves while it is open; rejects with the signal's reason when that aborts. */
  wait(signal: AbortSignal): Promise<void>
}

export function createPermit(isOpen: boolean): Permit {
  const waiting = new Set<() => void>()
  let open = isOpen
  return {
    open() {
      open = true
      for (const enter of waiting) enter()
      waiting.clear()
    },
    close() {
      open = false
    },
    wait(signal) {
      if (open) return Promise.resolve()
      return new Promise((resolve, reject) => {
        const stop = (): void => {
          waiting.delete(enter)
          reject(signal.reason)
        }
        const enter = (): void => {
          signal.removeEventListener('abort', stop)
          resolve()
        }
        if (signal.aborted) return reject(signal.reason)
        signal.addEventListener('abort', stop, { once: true })
        waiting.add(enter)
      })
    },
  }
}
