import type { Selectable } from 'kysely'
import type { Reader, Tx } from '#db/index.ts'
import type { Reference } from './key.ts'
import type { AliasRow, KeyRow, KeysTables, VersionRow } from './tables.ts'

export type StoredKey = Selectable<KeyRow>
export type StoredAlias = Selectable<AliasRow>
export type StoredVersion = Selectable<VersionRow>

const tables = (db: Reader) => db.withTables<KeysTables>()

export async function findKey(db: Reader, reference: Reference): Promise<StoredKey | undefined> {
  if ('id' in reference)
    return tables(db).selectFrom('keys_key').selectAll().where('id', '=', reference.id).executeTakeFirst()
  return tables(db)
    .selectFrom('keys_key')
    .innerJoin('keys_alias', 'keys_alias.key_id', 'keys_key.id')
    .selectAll('keys_key')
    .where('keys_alias.name', '=', reference.alias)
    .executeTakeFirst()
}

export async function insertKey(tx: Tx, key: StoredKey): Promise<void> {
  await tables(tx).insertInto('keys_key').values(key).execute()
}

export async function updateKey(tx: Tx, id: string, change: Partial<Omit<StoredKey, 'id'>>): Promise<void> {
  await tables(tx).updateTable('keys_key').set(change).where('id', '=', id).execute()
}

export async function insertVersion(tx: Tx, version: StoredVersion): Promise<void> {
  await tables(tx).insertInto('keys_version').values(version).execute()
}

export function findVersion(db: Reader, keyId: string, version: number): Promise<StoredVersion | undefined> {
  return tables(db)
    .selectFrom('keys_version')
    .selectAll()
    .where('key_id', '=', keyId)
    .where('version', '=', version)
    .executeTakeFirst()
}

export async function insertAlias(tx: Tx, alias: StoredAlias): Promise<void> {
  await tables(tx).insertInto('keys_alias').values(alias).execute()
}

export function findAlias(db: Reader, name: string): Promise<StoredAlias | undefined> {
  return tables(db).selectFrom('keys_alias').selectAll().where('name', '=', name).executeTakeFirst()
}

export async function updateAlias(tx: Tx, name: string, change: Pick<StoredAlias, 'key_id' | 'updated_at'>) {
  await tables(tx).updateTable('keys_alias').set(change).where('name', '=', name).execute()
}

export async function removeAlias(tx: Tx, name: string): Promise<void> {
  await tables(tx).deleteFrom('keys_alias').where('name', '=', name).execute()
}

/** Aliases by name, from the one after `after`; of one key where one is named. */
export function listAliases(
  db: Reader,
  { keyId, after, limit }: { readonly keyId?: string | undefined; readonly after?: string; readonly limit: number },
): Promise<StoredAlias[]> {
  let query = tables(db).selectFrom('keys_alias').selectAll().orderBy('name').limit(limit)
  if (keyId !== undefined) query = query.where('key_id', '=', keyId)
  if (after !== undefined) query = query.where('name', '>', after)
  return query.execute()
}

/** Ids of keys in their order, from the one after `after`. */
export async function listKeyIds(db: Reader, after: string | undefined, limit: number): Promise<string[]> {
  const query = tables(db).selectFrom('keys_key').select('id').orderBy('id').limit(limit)
  return (await (after === undefined ? query : query.where('id', '>', after)).execute()).map(({ id }) => id)
}

/** Versions after the first and after `after`, in their order: one is there for each rotation. */
export function listRotations(db: Reader, keyId: string, after: number, limit: number): Promise<StoredVersion[]> {
  return tables(db)
    .selectFrom('keys_version')
    .selectAll()
    .where('key_id', '=', keyId)
    .where('version', '>', Math.max(after, 1))
    .orderBy('version')
    .limit(limit)
    .execute()
}

/** Keys whose day has come: to be rotated by their age, or to be deleted. */
export function listDue(db: Reader, what: 'rotation' | 'deletion', at: number, limit: number): Promise<StoredKey[]> {
  const query = tables(db).selectFrom('keys_key').selectAll().orderBy('id').limit(limit)
  return what === 'rotation'
    ? query.where('state', '=', 'Enabled').where('next_rotation_at', '<=', at).execute()
    : query.where('state', '=', 'PendingDeletion').where('deletion_at', '<=', at).execute()
}

/** Removes a key with all that hangs on it: what it sealed cannot be opened any more. */
export async function removeKey(tx: Tx, id: string): Promise<void> {
  for (const table of ['keys_data_key', 'keys_version', 'keys_alias'] as const)
    await tables(tx).deleteFrom(table).where('key_id', '=', id).execute()
  await tables(tx).deleteFrom('keys_key').where('id', '=', id).execute()
}
