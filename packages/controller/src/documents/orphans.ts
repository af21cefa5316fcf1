import type { Sweep } from '#kit/sweep.ts'
import { findAttached } from './attachment-store.ts'
import type { DocumentsDeps } from './deps.ts'

const DAILY = '53 3 * * *'
/** A row is written at once after its object; a day is far beyond any stall, and any difference of clocks. */
const ORPHAN_MS = 86_400_000
const KEYS_A_LOOK = 500

/** Removes attachments of documents that are gone, and those whose document was refused after they were fetched. */
export function createOrphans({ db, clock, attachments }: Pick<DocumentsDeps, 'db' | 'clock' | 'attachments'>): Sweep {
  return {
    name: 'documents: orphaned attachments',
    every: DAILY,
    async run(signal) {
      const before = clock.now() - ORPHAN_MS
      for await (const keys of attachments.putBefore(before)) {
        for (let at = 0; at < keys.length && !signal.aborted; at += KEYS_A_LOOK) {
          const some = keys.slice(at, at + KEYS_A_LOOK)
          const attached = await findAttached(db.read, some)
          for (const key of some) if (!attached.has(key)) await attachments.removePutBefore(key, before)
        }
        if (signal.aborted) return
      }
    },
  }
}
