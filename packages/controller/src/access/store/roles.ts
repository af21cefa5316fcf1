import type { Selectable } from 'kysely'
import { fromJson, type Reader, startsWith, type Tx, toJson } from '#db/index.ts'
import {
  afterName,
  fold,
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

export interface StoredRole extends Named {
  readonly description: string
  /** The text as it was given. */
  readonly trustPolicy: string
  /** Immutable ids by the ARNs of users and roles in the trust policy, as they were when it was written. */
  readonly trusted: Readonly<Record<string, string>>
  readonly maxSessionSeconds: number
  readonly tags: readonly Tag[]
}

const toRole = (row: Selectable<AccessTables['access_role']>): StoredRole => ({
  ...toNamed(row),
  description: row.description,
  trustPolicy: row.trust_policy,
  trusted: fromJson(row.trusted),
  maxSessionSeconds: row.max_session_seconds,
  tags: toTags(row.tags),
})

const toRow = (role: StoredRole) => ({
  ...namedRow(role),
  description: role.description,
  trust_policy: role.trustPolicy,
  trusted: toJson(role.trusted),
  max_session_seconds: role.maxSessionSeconds,
  tags: fromTags(role.tags),
})

export async function findRole(reader: Reader, id: string): Promise<StoredRole | undefined> {
  const row = await tables(reader).selectFrom('access_role').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toRole(row)
}

export async function findRoleByName(reader: Reader, name: string): Promise<StoredRole | undefined> {
  const row = await tables(reader)
    .selectFrom('access_role')
    .selectAll()
    .where('folded', '=', fold(name))
    .where('name', '=', name)
    .executeTakeFirst()
  return row && toRole(row)
}

export async function listRoles(reader: Reader, { pathPrefix, after, limit }: NamedPage): Promise<StoredRole[]> {
  const rows = await tables(reader)
    .selectFrom('access_role')
    .selectAll()
    .where(startsWith('path', pathPrefix))
    .where(afterName(after))
    .orderBy('folded')
    .limit(limit)
    .execute()
  return rows.map(toRole)
}

export async function insertRole(tx: Tx, role: StoredRole): Promise<void> {
  await tables(tx).insertInto('access_role').values(toRow(role)).execute()
}

/** Writes everything of a role but its id and when it was made. */
export async function updateRole(tx: Tx, role: StoredRole): Promise<void> {
  const { id, created_at: _, ...change } = toRow(role)
  await tables(tx).updateTable('access_role').set(change).where('id', '=', id).execute()
}

export async function removeRole(tx: Tx, id: string): Promise<void> {
  await tables(tx).deleteFrom('access_role').where('id', '=', id).execute()
}
