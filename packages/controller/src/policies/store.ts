import type { Selectable } from 'kysely'
import type { Reader, Tx } from '#db/index.ts'
import type { PolicyRow, PolicyTables } from './tables.ts'

export type StoredPolicy = Selectable<PolicyRow>

const tables = (db: Reader) => db.withTables<PolicyTables>()

/** Policies of a resource by their ids, from the one after `after`. */
export function listPolicies(
  db: Reader,
  arn: string,
  { after = '', limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<StoredPolicy[]> {
  return tables(db)
    .selectFrom('policies_policy')
    .selectAll()
    .where('resource_arn', '=', arn)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
}

export function findPolicy(db: Reader, arn: string, id: string): Promise<StoredPolicy | undefined> {
  return tables(db)
    .selectFrom('policies_policy')
    .selectAll()
    .where('resource_arn', '=', arn)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function insertPolicy(tx: Tx, policy: StoredPolicy): Promise<void> {
  await tables(tx).insertInto('policies_policy').values(policy).execute()
}

export async function updatePolicy(
  tx: Tx,
  { resource_arn, id }: Pick<StoredPolicy, 'resource_arn' | 'id'>,
  change: Pick<StoredPolicy, 'policy' | 'hash' | 'updated_at'>,
): Promise<void> {
  await tables(tx)
    .updateTable('policies_policy')
    .set(change)
    .where('resource_arn', '=', resource_arn)
    .where('id', '=', id)
    .execute()
}

/** Removes one policy of a resource, or all of them. */
export async function removePolicies(tx: Tx, arn: string, id?: string): Promise<void> {
  const statement = tables(tx).deleteFrom('policies_policy').where('resource_arn', '=', arn)
  await (id === undefined ? statement : statement.where('id', '=', id)).execute()
}
