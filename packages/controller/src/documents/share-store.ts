import type { Reader, Tx } from '#db/index.ts'
import type { DocumentTables } from './tables.ts'

/** Whom a document is shared with: twelve digits, or `all`. */
export interface Share {
  readonly accountId: string
  /** `$DEFAULT`, `$LATEST` or `$ALL`. */
  readonly sharedVersion: string
}

/** Shares of a document by account, those after `after` where it is given. */
export async function listShares(
  db: Reader,
  name: string,
  { after = '', limit }: { readonly after?: string; readonly limit: number },
): Promise<Share[]> {
  const rows = await db
    .withTables<DocumentTables>()
    .selectFrom('document_share')
    .select(['account_id', 'shared_version'])
    .where('name', '=', name)
    .where('account_id', '>', after)
    .orderBy('account_id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ accountId: row.account_id, sharedVersion: row.shared_version }))
}

export async function countShares(db: Reader, name: string): Promise<number> {
  const { count } = await db
    .withTables<DocumentTables>()
    .selectFrom('document_share')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return count
}

/** Names of the documents that are shared with everyone. */
export async function listPublic(db: Reader): Promise<ReadonlySet<string>> {
  const rows = await db
    .withTables<DocumentTables>()
    .selectFrom('document_share')
    .select('name')
    .where('account_id', '=', 'all')
    .execute()
  return new Set(rows.map(({ name }) => name))
}

/** Shares with accounts, or shares another version with them. */
export async function putShares(tx: Tx, name: string, shares: readonly Share[]): Promise<void> {
  await removeShares(
    tx,
    name,
    shares.map(({ accountId }) => accountId),
  )
  if (shares.length === 0) return
  const rows = shares.map(({ accountId, sharedVersion }) => ({
    name,
    account_id: accountId,
    shared_version: sharedVersion,
  }))
  await tx.withTables<DocumentTables>().insertInto('document_share').values(rows).execute()
}

export async function removeShares(tx: Tx, name: string, accountIds: readonly string[]): Promise<void> {
  if (accountIds.length === 0) return
  const shares = tx.withTables<DocumentTables>().deleteFrom('document_share').where('name', '=', name)
  await shares.where('account_id', 'in', [...accountIds]).execute()
}
