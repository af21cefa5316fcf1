/**
 * Work as it comes in over the link. In: frames with an envelope, and cancels. Out: calls to the runner, which
 * journals before it answers; only then does the link give its receipt.
 */
import type { Work } from '@muster/protocol/link'
import type { WorkPort } from '#link/index.ts'
import type { Runner } from '#runner/index.ts'

/** The link's way to the runner. */
export const createInbox = (runner: Pick<Runner, 'accept' | 'cancel'>): WorkPort => ({
  async accept({ invocationId, commandId, envelope, deliverBy, expiresAt }: Work) {
    const taken = await runner.accept({ invocationId, commandId, envelope, deliverBy, expiresAt })
    return { known: taken === 'known' }
  },
  cancel: (invocationId) => runner.cancel(invocationId),
})
