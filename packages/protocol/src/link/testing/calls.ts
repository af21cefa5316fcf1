import type { Answer, Frame } from '../frame.ts'

/** Calls under way; status 0 is the answer of a link that broke. */
export interface Calls {
  make(operation: string, input: unknown): Promise<Answer>
  answered(answer: Answer): void
  broken(): void
}

export function createCalls(send: (frame: Frame) => boolean): Calls {
  const waiting = new Map<number, (answer: Answer) => void>()
  let next = 1
  return {
    make(operation, input) {
      const id = next++
      const { promise, resolve } = Promise.withResolvers<Answer>()
      waiting.set(id, resolve)
      send({ kind: 'call', call: { id, operation, input: new TextEncoder().encode(JSON.stringify(input)) } })
      return promise
    },
    answered(answer) {
      waiting.get(answer.id)?.(answer)
      waiting.delete(answer.id)
    },
    broken() {
      for (const [id, answer] of waiting) answer({ id, status: 0, body: new Uint8Array(0) })
      waiting.clear()
    },
  }
}
