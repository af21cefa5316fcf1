import type { Reader, Tx } from '#db/index.ts'
import type { DataKeyRow, KeyRow, KeysTables } from './tables.ts'

/** A wrapped data key, with what opens it. */
export interface WrappedKey extends DataKeyRow {
  readonly state: KeyRow['state']
  readonly material_sealed: Uint8Array | null
}

const tables = (db: Reader) => db.withTables<KeysTables>()

export async function insertDataKey(tx: Tx, row: DataKeyRow): Promise<void> {
  await tables(tx).insertInto('keys_data_key').values(row).execute()
}

/** Data keys with the state of their key and the material of the version that wraps them, as one statement sees them. */
export async function findDataKeys(db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, WrappedKey>> {
  const found = new Map<string, WrappedKey>()
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const rows = await tables(db)
      .selectFrom('keys_data_key as data')
      .innerJoin('keys_key as key', 'key.id', 'data.key_id')
      .innerJoin('keys_version as version', (join) =>
        join.onRef('version.key_id', '=', 'data.key_id').onRef('version.version', '=', 'data.key_version'),
      )
      .select(['data.id', 'data.key_id', 'data.key_version', 'data.wrapped', 'key.state', 'version.material_sealed'])
      .where('data.id', 'in', ids.slice(from, from + AT_ONCE))
      .execute()
    for (const row of rows) found.set(row.id, row)
  }
  return found
}

export async function removeDataKeys(tx: Tx, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += AT_ONCE)
    await tables(tx)
      .deleteFrom('keys_data_key')
      .where('id', 'in', ids.slice(from, from + AT_ONCE))
      .execute()
}

const AT_ONCE = 500
