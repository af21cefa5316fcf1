import type { Kysely } from 'kysely'
import { type Columns, createTable } from './columns.ts'

/**
 * Users, groups of users, roles and policies. Names are unique whatever their case, so `folded` has them in lower case.
 * A principal is its immutable id everywhere; only managed policies are known by their ARN, since some are built in.
 */
export const access = {
  number: 2,
  name: 'access',
  async up(db: Kysely<unknown>, columns: Columns): Promise<void> {
    const { id, text, int, flag, json } = columns
    const table = createTable(db)
    const named = { id: id(), name: text(), folded: text(), path: text(), created_at: int() }
    const keys = { primary: ['id'], unique: [['folded']] }

    await table('access_user', { ...named, disabled: flag(), tags: json() }, keys)
    await table('access_group', named, keys)
    await table(
      'access_membership',
      { group_id: id(), user_id: id() },
      { primary: ['group_id', 'user_id'], indexes: [['user_id']] },
    )
    // `trusted` has the ids that the ARNs in the trust policy stood for when it was written: a name made anew is another.
    await table(
      'access_role',
      {
        ...named,
        description: text(),
        trust_policy: json(),
        trusted: json(),
        max_session_seconds: int(),
        tags: json(),
      },
      keys,
    )
    await table(
      'access_inline_policy',
      { principal_id: id(), name: id(), document: text() },
      { primary: ['principal_id', 'name'] },
    )
    await table(
      'access_policy',
      {
        ...named,
        arn: text(),
        description: text(),
        default_version: int(),
        latest_version: int(),
        updated_at: int(),
        tags: json(),
      },
      { primary: ['id'], unique: [['folded'], ['arn']] },
    )
    await table(
      'access_policy_version',
      { policy_id: id(), version: int(), document: text(), created_at: int() },
      { primary: ['policy_id', 'version'] },
    )
    await table(
      'access_attachment',
      { principal_id: id(), policy_arn: id() },
      { primary: ['principal_id', 'policy_arn'], indexes: [['policy_arn', 'principal_id']] },
    )
  },
}
