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
