/**
 * Work as it comes in over the link. In: frames with an envelope, and cancels. Out: calls to the runner, which
 * journals before it answers; only then does the link give its receipt.
 */
import type { Work } from '@muster/protocol/link'
import { JournalFull } from '#journal/index.ts'
import type { WorkPort } from '#link/index.ts'
import { InvalidWork, type Runner } from '#runner/index.ts'

// All of them are named in the one frame that opens a link.
const MAX_HELD = 1_500

/** The link's way to the runner. Work that cannot be taken now is left with the controller, which sends it again. */
export function createInbox(runner: Pick<Runner, 'accept' | 'cancel' | 'holding'>): WorkPort {
  let arriving = 0
  const isFull = (invocationId: string): boolean => {
    const held = runner.holding()
    return held.length + arriving >= MAX_HELD && !held.includes(invocationId)
  }
  return {
    async accept({ invocationId, commandId, envelope, deliverBy, expiresAt }: Work) {
      if (isFull(invocationId)) return { refused: `${MAX_HELD} invocations wait here already` }
      arriving += 1
      try {
        const taken = await runner.accept({ invocationId, commandId, envelope, deliverBy, expiresAt })
        return { known: taken === 'known' }
      } catch (error) {
        if (error instanceof JournalFull || error instanceof InvalidWork) return { refused: error.message }
        throw error
      } finally {
        arriving -= 1
      }
    },
    cancel: (invocationId) => runner.cancel(invocationId),
  }
}
