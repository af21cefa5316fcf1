import type { Clock } from '@muster/protocol/kit'
import { createSlots, type SlotOptions, TICK_MS } from './slots.ts'

export type Admitted = { readonly admitted: true } | { readonly admitted: false; readonly retryAfterMs: number }

/** Lets logins begin at a pace. */
export interface Admission extends Disposable {
  /** Resolves when this login may begin, or at once with the time at which to come back. */
  enter(): Promise<Admitted>
  /** Logins that wait on their open connection. */
  waiting(): number
}

const LIMITS: SlotOptions = { rate: { least: 50, start: 300, most: 3000 }, held: 2000 }

/** Makes the admission of one controller; when it is disposed, those that wait are told to come back. */
export function createAdmission(clock: Clock, limits: SlotOptions = LIMITS, stoppedRetryMs = 2000): Admission {
  const slots = createSlots(limits)
  const queue: ((admitted: Admitted) => void)[] = []
  let timer: NodeJS.Timeout | undefined

  function release(): void {
    const count = slots.release(clock.monotonic())
    for (const go of queue.splice(0, count)) go({ admitted: true })
    if (queue.length > 0) return
    clearInterval(timer)
    timer = undefined
  }

  return {
    enter() {
      const answer = slots.arrive(clock.monotonic())
      if (answer === 'now') return Promise.resolve({ admitted: true })
      if (answer !== 'wait') return Promise.resolve({ admitted: false, retryAfterMs: answer })
      timer ??= setInterval(release, TICK_MS)
      return new Promise((resolve) => queue.push(resolve))
    },
    waiting: () => queue.length,
    [Symbol.dispose]() {
      clearInterval(timer)
      timer = undefined
      for (const go of queue.splice(0)) go({ admitted: false, retryAfterMs: stoppedRetryMs })
    },
  }
}
