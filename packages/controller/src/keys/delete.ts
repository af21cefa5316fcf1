import type { Database } from '#db/index.ts'
import type { Tags } from '#tags/index.ts'
import { findKey, listDue, removeKey } from './store.ts'

/** The type under which keys carry tags. */
export const KEY_TYPE = 'Key'

const AT_ONCE = 100

/** Removes keys whose waiting time is over. */
export async function deleteDue(
  { db, tags }: { readonly db: Database; readonly tags: Tags },
  at: number,
): Promise<void> {
  for (const { id } of await listDue(db.read, 'deletion', at, AT_ONCE))
    await db.write(async (tx) => {
      const key = await findKey(tx, { id })
      if (key?.state !== 'PendingDeletion' || key.deletion_at === null || key.deletion_at > at) return
      await removeKey(tx, id)
      await tags.removeAll(tx, KEY_TYPE, id)
    })
}
