import type { Database } from '#db/index.ts'
import { noFailpoint } from '#kit/failpoint.ts'
import { type Log, silentLog } from '#kit/logging.ts'
import { openStand, type Stand } from '#tags/testing/stand.ts'
import { createKeys, type Key, type Keys, type Sealed } from '../index.ts'

export interface KeysStand extends Stand {
  readonly keys: Keys
  /** By id, alias or ARN; throws when there is none. */
  key(reference: string): Promise<Key>
  seal(key: Key, place: string, plain: string): Promise<Sealed>
  open(...items: readonly (readonly [sealed: Sealed, place: string])[]): Promise<string[]>
  /** Runs every sweep of the slice once. */
  sweep(): Promise<void>
}

/** A stand with the keys slice and its default key. */
export async function openKeys(db: Database, log: Log = silentLog): Promise<KeysStand> {
  let keys: Keys | undefined
  const stand = await openStand(db, (parts) => {
    keys = createKeys({ ...parts, log, failpoint: noFailpoint })
    return keys.operations
  })
  if (!keys) throw new Error('the stand wired no keys')
  const wired = keys
  await wired.ready()
  return {
    ...stand,
    keys: wired,
    async key(reference) {
      const key = await wired.find(db.read, reference)
      if (!key) throw new Error(`there is no key ${reference}`)
      return key
    },
    seal: (key, place, plain) => db.write((tx) => wired.seal(tx, key, place, Buffer.from(plain))),
    async open(...items) {
      const opened = await wired.openMany(
        db.read,
        items.map(([sealed, place]) => ({ sealed, place })),
      )
      return opened.map((bytes) => Buffer.from(bytes).toString())
    },
    async sweep() {
      for (const { run } of wired.sweeps) await run(new AbortController().signal)
    },
  }
}
