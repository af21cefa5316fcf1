/** Lets at most `size` pieces of work through at once; the rest wait in the order they came. */
export interface Gate {
  run<T>(work: () => Promise<T>): Promise<T>
  readonly running: number
  readonly waiting: number
}

/** Makes a gate that `size` pieces of work may be inside of. */
export function createGate(size: number): Gate {
  let running = 0
  const queue: (() => void)[] = []
  return {
    get running() {
      return running
    },
    get waiting() {
      return queue.length
    },
    async run(work) {
      if (running < size) running += 1
      else await new Promise<void>((enter) => queue.push(enter))
      try {
        return await work()
      } finally {
        const next = queue.shift()
        if (next) next()
        else running -= 1
      }
    },
  }
}
