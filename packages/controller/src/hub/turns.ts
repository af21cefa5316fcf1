/** Keeps the records of one node in their order when one of them has to wait. */
export interface Turns {
  /** What this record waits for: its own reason, and records of the node that wait already; mostly nothing. */
  wait(nodeKey: number, clear: Promise<void> | undefined): Promise<unknown> | undefined
}

export function createTurns(): Turns {
  const last = new Map<number, Promise<unknown>>()
  return {
    wait(nodeKey, clear) {
      const before = last.get(nodeKey)
      if (before === undefined && clear === undefined) return undefined
      const turn = Promise.all([before, clear])
      last.set(nodeKey, turn)
      void turn.then(() => last.get(nodeKey) === turn && last.delete(nodeKey))
      return turn
    },
  }
}
