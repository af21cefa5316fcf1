import type { Reader, Tx } from '#db/index.ts'
import type { AccessTables } from './tables.ts'

export interface StoredKey {
  readonly id: string
  readonly principalId: string
  readonly sealedSecret: Uint8Array
  readonly active: boolean
}

export interface StoredBearer {
  readonly principalId: string
  readonly expiresAt: number | undefined
}

const tables = (reader: Reader) => reader.withTables<AccessTables>()
const ACCOUNT_ID = 'account_id'

export async function findAccountId(reader: Reader): Promise<string | undefined> {
  const row = await tables(reader).selectFrom('meta').select('value').where('key', '=', ACCOUNT_ID).executeTakeFirst()
  return row?.value
}

export async function insertAccountId(tx: Tx, accountId: string): Promise<void> {
  await tables(tx).insertInto('meta').values({ key: ACCOUNT_ID, value: accountId }).execute()
}

export async function findKey(reader: Reader, id: string): Promise<StoredKey | undefined> {
  const row = await tables(reader)
    .selectFrom('access_key')
    .select(['id', 'principal_id', 'secret_sealed', 'status'])
    .where('id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      principalId: row.principal_id,
      sealedSecret: row.secret_sealed,
      active: row.status === 'Active',
    }
  )
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
export async function putKey(tx: Tx, key: Omit<StoredKey, 'active'>, at: number): Promise<void> {
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
