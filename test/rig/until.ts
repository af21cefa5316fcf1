import { setTimeout as delay } from 'node:timers/promises'

/** Asks again until it is so; fails with the sentence when it never is. Errors of the question count as "not yet". */
export async function until(sentence: string, ask: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const end = performance.now() + timeoutMs
  let last: unknown
  while (performance.now() < end) {
    try {
      if (await ask()) return
    } catch (error) {
      last = error
    }
    await delay(25)
  }
  throw new Error(`not within ${timeoutMs} ms: ${sentence}`, { cause: last })
}
