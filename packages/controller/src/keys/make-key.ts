import type { Tx } from '#db/index.ts'
import type { KeysDeps } from './deps.ts'
import { DEFAULT_ALIAS } from './key.ts'
import type { Materials } from './materials.ts'
import { findKey, insertAlias, insertKey, insertVersion, type StoredKey } from './store.ts'

export interface NewKey {
  readonly description: string
  readonly manager: StoredKey['manager']
}

type MakingDeps = Pick<KeysDeps, 'ids'> & { readonly materials: Materials }

/** Makes a key with its first version. */
export async function makeKey(
  tx: Tx,
  { ids, materials }: MakingDeps,
  { description, manager }: NewKey,
  at: number,
): Promise<StoredKey> {
  const version = { keyId: ids.uuid(), version: 1 }
  const key: StoredKey = {
    ...{ id: version.keyId, description, manager, state: 'Enabled', version: 1, created_at: at },
    ...{ deletion_at: null, rotation_days: null, next_rotation_at: null },
  }
  await insertKey(tx, key)
  const material_sealed = materials.create(version)
  await insertVersion(tx, { key_id: key.id, version: 1, material_sealed, cause: 'CREATED', created_at: at })
  return key
}

/** Makes the key that seals where none is named, in a store that has none. */
export async function makeDefaultKey(tx: Tx, deps: MakingDeps, at: number): Promise<void> {
  if (await findKey(tx, { alias: DEFAULT_ALIAS })) return
  const key = await makeKey(tx, deps, { description: 'Seals where no other key is named.', manager: 'AWS' }, at)
  await insertAlias(tx, { name: DEFAULT_ALIAS, key_id: key.id, created_at: at, updated_at: at })
}
