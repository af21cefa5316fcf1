import type { Selectable } from 'kysely'
import { type Reader, startsWith, type Tx } from '#db/index.ts'
import {
  afterName,
  fromTags,
  type Named,
  type NamedPage,
  namedRow,
  type Tag,
  tables,
  toNamed,
  toTags,
} from './named.ts'
import type { AccessTables } from './tables.ts'

/** A managed policy that was made here; those that are built in have no row. */
export interface Policy extends Named {
  readonly arn: string
  readonly description: string
  readonly defaultVersion: number
  /** The highest number that was ever given; none is given twice. */
  readonly latestVersion: number
  readonly updatedAt: number
  readonly tags: readonly Tag[]
}

export interface PolicyVersion {
  readonly version: number
  readonly document: string
  readonly createdAt: number
}

const toPolicy = (row: Selectable<AccessTables['access_policy']>): Policy => ({
  ...toNamed(row),
  arn: row.arn,
  description: row.description,
  defaultVersion: row.default_version,
  latestVersion: row.latest_version,
  updatedAt: row.updated_at,
  tags: toTags(row.tags),
})

const toRow = (policy: Policy) => ({
  ...namedRow(policy),
  arn: policy.arn,
  description: policy.description,
  default_version: policy.defaultVersion,
  latest_version: policy.latestVersion,
  updated_at: policy.updatedAt,
  tags: fromTags(policy.tags),
})

export async function findPolicyByArn(reader: Reader, arn: string): Promise<Policy | undefined> {
  const row = await tables(reader).selectFrom('access_policy').selectAll().where('arn', '=', arn).executeTakeFirst()
  return row && toPolicy(row)
}

export async function listPolicies(
  reader: Reader,
  { pathPrefix, after, limit, onlyAttached }: NamedPage & { readonly onlyAttached: boolean },
): Promise<Policy[]> {
  let query = tables(reader)
    .selectFrom('access_policy')
    .selectAll()
    .where(startsWith('path', pathPrefix))
    .where(afterName(after))
    .orderBy('folded')
    .limit(limit)
  if (onlyAttached)
    query = query.where('arn', 'in', tables(reader).selectFrom('access_attachment').select('policy_arn').distinct())
  return (await query.execute()).map(toPolicy)
}

export async function insertPolicy(tx: Tx, policy: Policy): Promise<void> {
  await tables(tx).insertInto('access_policy').values(toRow(policy)).execute()
}

/** Writes everything of a policy but its id and when it was made. */
export async function updatePolicy(tx: Tx, policy: Policy): Promise<void> {
  const { id, created_at: _, ...change } = toRow(policy)
  await tables(tx).updateTable('access_policy').set(change).where('id', '=', id).execute()
}

/** Removes a policy with its versions. */
export async function removePolicy(tx: Tx, id: string): Promise<void> {
  await tables(tx).deleteFrom('access_policy_version').where('policy_id', '=', id).execute()
  await tables(tx).deleteFrom('access_policy').where('id', '=', id).execute()
}

/** Versions of a policy, the newest first: five at most. */
export async function listVersions(reader: Reader, policyId: string): Promise<PolicyVersion[]> {
  const rows = await tables(reader)
    .selectFrom('access_policy_version')
    .select(['version', 'document', 'created_at'])
    .where('policy_id', '=', policyId)
    .orderBy('version', 'desc')
    .execute()
  return rows.map(({ version, document, created_at }) => ({ version, document, createdAt: created_at }))
}

export async function insertVersion(
  tx: Tx,
  policyId: string,
  { version, document, createdAt }: PolicyVersion,
): Promise<void> {
  await tables(tx)
    .insertInto('access_policy_version')
    .values({ policy_id: policyId, version, document, created_at: createdAt })
    .execute()
}

export async function removeVersion(tx: Tx, policyId: string, version: number): Promise<void> {
  await tables(tx)
    .deleteFrom('access_policy_version')
    .where('policy_id', '=', policyId)
    .where('version', '=', version)
    .execute()
}
