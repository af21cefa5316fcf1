import type { Clock } from '@muster/protocol/kit'
import type { Database } from '#db/index.ts'
import type { Sweep } from '#kit/sweep.ts'
import type { Objects } from '#objects/index.ts'
import type { Keeping } from './deps.ts'
import {
  findOldCommands,
  findOldestOutput,
  findUnused,
  removeCommands,
  removeOutput,
  sumOutput,
} from './keeping-store.ts'

export interface KeepingDeps {
  readonly db: Database
  readonly objects: Objects
  readonly clock: Clock
  /** Asked once a round, so that a change of the settings holds from the next one on. */
  readonly keeping: () => Promise<Keeping>
  /** Places whose rows are being written just now. */
  readonly isInUse: (place: string) => boolean
}

const HOURLY = '17 * * * *'
const DAILY = '41 3 * * *'
/** A row is written at once after its object; a day is far beyond any stall, and any difference of clocks. */
const ORPHAN_MS = 86_400_000
const KEYS_A_LOOK = 500
const COMMANDS_A_BATCH = 20
const TARGETS_A_BATCH = 5_000

/** Removes what is kept no longer, in batches: rows first, then objects that no row names any more. */
export function createKeeping({ db, objects, clock, keeping, isInUse }: KeepingDeps): Sweep {
  const { dialect } = db

  const removeObjects = async (places: readonly string[]): Promise<void> => {
    for (const place of await findUnused(db.read, dialect, places)) if (!isInUse(place)) await objects.remove(place)
  }

  const removeOld = async ({ commandsMs }: Keeping, signal: AbortSignal): Promise<void> => {
    const before = clock.now() - commandsMs
    while (!signal.aborted) {
      const keys = takeBatch(await findOldCommands(db.read, before, COMMANDS_A_BATCH), TARGETS_A_BATCH)
      if (keys.length === 0) return
      await removeObjects(await db.write((tx) => removeCommands(tx, dialect, keys)))
    }
  }

  const removeExcess = async ({ outputBytes }: Keeping, signal: AbortSignal): Promise<void> => {
    let excess = (await sumOutput(db.read)) - outputBytes
    while (excess > 0 && !signal.aborted) {
      const oldest: number[] = []
      for (const { key, bytes } of await findOldestOutput(db.read, COMMANDS_A_BATCH)) {
        if (excess <= 0) break
        oldest.push(key)
        excess -= bytes
      }
      if (oldest.length === 0) return
      await removeObjects(await db.write((tx) => removeOutput(tx, dialect, oldest)))
    }
  }

  return {
    name: 'commands: keeping',
    every: HOURLY,
    async run(signal) {
      const now = await keeping()
      await removeOld(now, signal)
      await removeExcess(now, signal)
    },
  }
}

/** The first commands, at least one, whose targets together are few enough to be removed in one short transaction. */
export function takeBatch(
  commands: readonly { readonly key: number; readonly targets: number }[],
  most: number,
): number[] {
  const keys: number[] = []
  let sum = 0
  for (const { key, targets } of commands) {
    sum += targets
    if (sum > most && keys.length > 0) break
    keys.push(key)
  }
  return keys
}

/** Removes objects that no row came to name, because a controller died between the two. */
export function createOrphans({ db, objects, clock }: Pick<KeepingDeps, 'db' | 'objects' | 'clock'>): Sweep {
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
