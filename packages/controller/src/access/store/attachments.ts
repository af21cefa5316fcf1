import type { Reader, Tx } from '#db/index.ts'
import { type Named, tables } from './named.ts'

/** Managed policies of a user, group or role: their ARNs, in order. */
export async function attachedTo(reader: Reader, principalId: string): Promise<readonly string[]> {
  const rows = await tables(reader)
    .selectFrom('access_attachment')
    .select('policy_arn')
    .where('principal_id', '=', principalId)
    .orderBy('policy_arn')
    .execute()
  return rows.map(({ policy_arn }) => policy_arn)
}

/** How many users, groups and roles each of these policies is attached to; none has no entry. */
export async function countAttachments(reader: Reader, arns: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (arns.length === 0) return new Map()
  const rows = await tables(reader)
    .selectFrom('access_attachment')
    .select((select) => ['policy_arn', select.fn.countAll<number>().as('count')])
    .where('policy_arn', 'in', arns)
    .groupBy('policy_arn')
    .execute()
  return new Map(rows.map(({ policy_arn, count }) => [policy_arn, Number(count)]))
}

/** Ids of all that a policy is attached to. */
export async function attachedWith(reader: Reader, arn: string): Promise<readonly string[]> {
  const rows = await tables(reader)
    .selectFrom('access_attachment')
    .select('principal_id')
    .where('policy_arn', '=', arn)
    .orderBy('principal_id')
    .execute()
  return rows.map(({ principal_id }) => principal_id)
}

export async function attach(tx: Tx, principalId: string, arn: string): Promise<void> {
  await tables(tx)
    .insertInto('access_attachment')
    .values({ principal_id: principalId, policy_arn: arn })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Answers whether it was attached. */
export async function detach(tx: Tx, principalId: string, arn: string): Promise<boolean> {
  const { numDeletedRows } = await tables(tx)
    .deleteFrom('access_attachment')
    .where('principal_id', '=', principalId)
    .where('policy_arn', '=', arn)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Users, groups or roles that a policy is attached to, by name. */
export const entitiesOf = async (
  reader: Reader,
  kind: 'access_user' | 'access_group' | 'access_role',
  arn: string,
): Promise<Pick<Named, 'id' | 'name' | 'path'>[]> =>
  tables(reader)
    .selectFrom(kind)
    .select(['id', 'name', 'path'])
    .where(
      'id',
      'in',
      tables(reader).selectFrom('access_attachment').select('principal_id').where('policy_arn', '=', arn),
    )
    .orderBy('folded')
    .execute()
