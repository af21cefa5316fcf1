import type { Reader } from '#db/index.ts'
import { tables } from './named.ts'

/** A policy that a principal has, and by what way. */
export interface HeldPolicy {
  readonly name: string
  /** Only of managed policies. */
  readonly arn?: string
  /** Absent for a managed policy that is built in: its text is the program's own, under its ARN. */
  readonly document?: string
  /** The group that it comes from; absent where it is the principal's own. */
  readonly group?: string
}

/** All policies of a user (`AIDA…`), a group (`AGPA…`) or a role (`AROA…`), with those of a user's groups. */
export async function policiesOf(reader: Reader, principalId: string): Promise<HeldPolicy[]> {
  const groups = await tables(reader)
    .selectFrom('access_group')
    .innerJoin('access_membership', 'group_id', 'id')
    .select(['id', 'name'])
    .where('user_id', '=', principalId)
    .execute()
  const groupNames = new Map(groups.map(({ id, name }) => [id, name]))
  const ids = [principalId, ...groupNames.keys()]
  const inline = await tables(reader)
    .selectFrom('access_inline_policy')
    .selectAll()
    .where('principal_id', 'in', ids)
    .orderBy('principal_id')
    .orderBy('name')
    .execute()
  const managed = await tables(reader)
    .selectFrom('access_attachment')
    .leftJoin('access_policy', 'arn', 'policy_arn')
    .leftJoin('access_policy_version', (join) =>
      join.onRef('policy_id', '=', 'access_policy.id').onRef('version', '=', 'default_version'),
    )
    .select(['principal_id', 'policy_arn', 'access_policy_version.document'])
    .where('principal_id', 'in', ids)
    .orderBy('principal_id')
    .orderBy('policy_arn')
    .execute()
  const via = (id: string) => {
    const group = groupNames.get(id)
    return group === undefined ? {} : { group }
  }
  return [
    ...inline.map(({ principal_id, name, document }) => ({ name, document, ...via(principal_id) })),
    ...managed.map(({ principal_id, policy_arn, document }) => ({
      name: policy_arn.slice(policy_arn.lastIndexOf('/') + 1),
      arn: policy_arn,
      ...(document === null ? {} : { document }),
      ...via(principal_id),
    })),
  ]
}
