import type { Clock } from '@muster/protocol/kit'
import type { Database } from '#db/index.ts'
import type { Sweep } from '#kit/sweep.ts'
import type { Objects } from '#objects/index.ts'
import { findUnused } from './keeping-store.ts'

export interface OrphansDeps {
  readonly db: Database
  readonly objects: Pick<Objects, 'putBefore' | 'removePutBefore'>
  readonly clock: Clock
}

const DAILY = '41 3 * * *'
/** A row is written at once after its object; a day is far beyond any stall, and any difference of clocks. */
const ORPHAN_MS = 86_400_000
const KEYS_A_LOOK = 500

/** Removes objects that no row came to name, because a controller died between the two. */
export function createOrphans({ db, objects, clock }: OrphansDeps): Sweep {
  return {
    name: 'commands: orphaned objects',
    every: DAILY,
    async run(signal) {
      const before = clock.now() - ORPHAN_MS
      for await (const keys of objects.putBefore(before)) {
        for (let at = 0; at < keys.length && !signal.aborted; at += KEYS_A_LOOK) {
          const unused = await findUnused(db.read, db.dialect, keys.slice(at, at + KEYS_A_LOOK))
          for (const key of unused) await objects.removePutBefore(key, before)
        }
        if (signal.aborted) return
      }
    },
  }
}
