import type { Dialect, Reader, Tx } from '#db/index.ts'
import type { KeyVersion } from './materials.ts'
import type { DataKeyRow, KeyRow, KeysTables } from './tables.ts'

/** A wrapped data key, with what opens it. */
export interface WrappedKey extends DataKeyRow {
  readonly state: KeyRow['state']
  readonly material_sealed: Uint8Array | null
}

const AT_ONCE = 500

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

/** How many values a key seals, and how many of them by an older version. */
export interface Uses {
  readonly sealed: number
  readonly toRewrap: number
}

export async function countUses(db: Reader, keyId: string, version: number): Promise<Uses> {
  const count = async (older: boolean): Promise<number> => {
    const query = tables(db)
      .selectFrom('keys_data_key')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('key_id', '=', keyId)
    const row = await (older ? query.where('key_version', '<', version) : query).executeTakeFirst()
    return Number(row?.count ?? 0)
  }
  return { sealed: await count(false), toRewrap: version === 1 ? 0 : await count(true) }
}

/** Versions that wrap no more and still have material. */
export function listOutdated(db: Reader): Promise<KeyVersion[]> {
  return tables(db)
    .selectFrom('keys_version as version')
    .innerJoin('keys_key as key', 'key.id', 'version.key_id')
    .select(['key.id as keyId', 'version.version'])
    .whereRef('version.version', '<', 'key.version')
    .where('version.material_sealed', 'is not', null)
    .execute()
}

/** Data keys that a version wraps, by their ids from the one after `after`. */
export function listWrapped(
  db: Reader,
  { keyId, version }: KeyVersion,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<DataKeyRow[]> {
  return tables(db)
    .selectFrom('keys_data_key')
    .selectAll()
    .where('key_id', '=', keyId)
    .where('key_version', '=', version)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
}

export async function rewrapDataKeys(tx: Tx, dialect: Dialect, rows: readonly DataKeyRow[]): Promise<void> {
  const columns = { id: 'text', key_version: 'int', wrapped: 'bytes' } as const
  const values = rows.map(({ id, key_version, wrapped }) => ({ id, key_version, wrapped }))
  await dialect.updateMany(tx, { table: 'keys_data_key', columns, key: ['id'] }, values)
}

/** Destroys the material of a version; to be called once nothing is wrapped by it. */
export async function destroyVersion(tx: Tx, { keyId, version }: KeyVersion): Promise<void> {
  await tables(tx)
    .updateTable('keys_version')
    .set({ material_sealed: null })
    .where('key_id', '=', keyId)
    .where('version', '=', version)
    .execute()
}
