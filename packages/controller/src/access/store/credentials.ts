import type { Selectable } from 'kysely'
import type { Reader, Tx } from '#db/index.ts'
import { tables } from './named.ts'
import type { AccessTables } from './tables.ts'

export interface StoredKey {
  readonly id: string
  readonly principalId: string
  readonly sealedSecret: Uint8Array
  readonly active: boolean
  readonly createdAt: number
  readonly lastUsedAt: number | undefined
}

export interface StoredBearer {
  readonly principalId: string
  readonly expiresAt: number | undefined
}

const ACCOUNT_ID = 'account_id'

export async function findAccountId(reader: Reader): Promise<string | undefined> {
  const row = await tables(reader).selectFrom('meta').select('value').where('key', '=', ACCOUNT_ID).executeTakeFirst()
  return row?.value
}

export async function insertAccountId(tx: Tx, accountId: string): Promise<void> {
  await tables(tx).insertInto('meta').values({ key: ACCOUNT_ID, value: accountId }).execute()
}

const toKey = (row: Selectable<AccessTables['access_key']>): StoredKey => ({
  id: row.id,
  principalId: row.principal_id,
  sealedSecret: row.secret_sealed,
  active: row.status === 'Active',
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at ?? undefined,
})

export async function findKey(reader: Reader, id: string): Promise<StoredKey | undefined> {
  const row = await tables(reader).selectFrom('access_key').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toKey(row)
}

/** Keys of a principal, by id. */
export async function listKeys(reader: Reader, principalId: string): Promise<StoredKey[]> {
  const rows = await tables(reader)
    .selectFrom('access_key')
    .selectAll()
    .where('principal_id', '=', principalId)
    .orderBy('id')
    .execute()
  return rows.map(toKey)
}

export async function setKeyActive(tx: Tx, id: string, active: boolean): Promise<void> {
  await tables(tx)
    .updateTable('access_key')
    .set({ status: active ? 'Active' : 'Inactive' })
    .where('id', '=', id)
    .execute()
}

export async function removeKey(tx: Tx, id: string): Promise<void> {
  await tables(tx).deleteFrom('access_key').where('id', '=', id).execute()
}

export async function listKeyIds(reader: Reader, principalId: string): Promise<readonly string[]> {
  const rows = await tables(reader)
    .selectFrom('access_key')
    .select('id')
    .where('principal_id', '=', principalId)
    .orderBy('created_at')
    .execute()
  return rows.map(({ id }) => id)
}

/** Stores a key, or another secret for the key of that id. */
export async function putKey(
  tx: Tx,
  key: Pick<StoredKey, 'id' | 'principalId' | 'sealedSecret'>,
  at: number,
): Promise<void> {
  await tables(tx)
    .insertInto('access_key')
    .values({
      id: key.id,
      principal_id: key.principalId,
      secret_sealed: key.sealedSecret,
      status: 'Active',
      created_at: at,
      last_used_at: null,
    })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ secret_sealed: key.sealedSecret, principal_id: key.principalId }),
    )
    .execute()
}

/** Notes when keys were last used; a time that is later already stays. */
export async function updateLastUsed(tx: Tx, uses: ReadonlyMap<string, number>): Promise<void> {
  for (const [id, at] of uses)
    await tables(tx)
      .updateTable('access_key')
      .set({ last_used_at: at })
      .where('id', '=', id)
      .where((where) => where.or([where('last_used_at', 'is', null), where('last_used_at', '<', at)]))
      .execute()
}

export async function findBearerToken(reader: Reader, mac: string): Promise<StoredBearer | undefined> {
  const row = await tables(reader)
    .selectFrom('access_bearer_token')
    .select(['principal_id', 'expires_at'])
    .where('token_mac', '=', mac)
    .executeTakeFirst()
  return row && { principalId: row.principal_id, expiresAt: row.expires_at ?? undefined }
}

export interface NewBearer extends StoredBearer {
  readonly mac: string
  readonly purpose: string
  readonly createdAt: number
}

export async function insertBearerToken(tx: Tx, token: NewBearer): Promise<void> {
  await tables(tx)
    .insertInto('access_bearer_token')
    .values({
      token_mac: token.mac,
      principal_id: token.principalId,
      purpose: token.purpose,
      created_at: token.createdAt,
      expires_at: token.expiresAt ?? null,
    })
    .execute()
}

export async function removeBearerToken(tx: Tx, mac: string): Promise<void> {
  await tables(tx).deleteFrom('access_bearer_token').where('token_mac', '=', mac).execute()
}

export async function removeBearerTokensFor(tx: Tx, purpose: string): Promise<void> {
  await tables(tx).deleteFrom('access_bearer_token').where('purpose', '=', purpose).execute()
}

export async function removeExpiredBearerTokens(tx: Tx, at: number): Promise<void> {
  await tables(tx).deleteFrom('access_bearer_token').where('expires_at', '<=', at).execute()
}
