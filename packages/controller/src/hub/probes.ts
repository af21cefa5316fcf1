/** Questions on one link whether anybody is there. */
export interface Probes {
  /** True when the answer to this very question comes in time; false when it does not or the link ends. */
  ask(timeoutMs: number): Promise<boolean>
  answered(nonce: number): void
  /** The link is over. */
  end(): void
}

/** Makes the probes of one link; `send` puts a question on the wire. */
export function createProbes(send: (nonce: number) => void): Probes {
  const waiting = new Map<number, (alive: boolean) => void>()
  let last = 0
  let over = false
  return {
    async ask(timeoutMs) {
      if (over) return false
      const nonce = ++last
      const { promise, resolve } = Promise.withResolvers<boolean>()
      waiting.set(nonce, resolve)
      const timer = setTimeout(() => resolve(false), timeoutMs)
      send(nonce)
      try {
        return await promise
      } finally {
        clearTimeout(timer)
        waiting.delete(nonce)
      }
    },
    answered: (nonce) => waiting.get(nonce)?.(true),
    end() {
      over = true
      for (const resolve of waiting.values()) resolve(false)
    },
  }
}
