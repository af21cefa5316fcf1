import { type Reader, startsWith, type Tx } from '#db/index.ts'
import { afterName, fold, type Named, type NamedPage, namedRow, tables, toNamed } from './named.ts'

export async function findGroupByName(reader: Reader, name: string): Promise<Named | undefined> {
  const row = await tables(reader)
    .selectFrom('access_group')
    .selectAll()
    .where('folded', '=', fold(name))
    .where('name', '=', name)
    .executeTakeFirst()
  return row && toNamed(row)
}

export async function listGroups(reader: Reader, { pathPrefix, after, limit }: NamedPage): Promise<Named[]> {
  const rows = await tables(reader)
    .selectFrom('access_group')
    .selectAll()
    .where(startsWith('path', pathPrefix))
    .where(afterName(after))
    .orderBy('folded')
    .limit(limit)
    .execute()
  return rows.map(toNamed)
}

export async function insertGroup(tx: Tx, group: Named): Promise<void> {
  await tables(tx).insertInto('access_group').values(namedRow(group)).execute()
}

export async function removeGroup(tx: Tx, id: string): Promise<void> {
  await tables(tx).deleteFrom('access_group').where('id', '=', id).execute()
}

/** Groups that a user is in, by name. */
export async function groupsOf(reader: Reader, userId: string): Promise<Named[]> {
  const rows = await tables(reader)
    .selectFrom('access_group')
    .innerJoin('access_membership', 'group_id', 'id')
    .selectAll('access_group')
    .where('user_id', '=', userId)
    .orderBy('folded')
    .execute()
  return rows.map(toNamed)
}

/** Users in a group, by name, from the one after `after` (in lower case). */
export async function membersOf(reader: Reader, groupId: string, after: string, limit: number): Promise<Named[]> {
  const rows = await tables(reader)
    .selectFrom('access_user')
    .innerJoin('access_membership', 'user_id', 'id')
    .select(['id', 'name', 'folded', 'path', 'created_at'])
    .where('group_id', '=', groupId)
    .where(afterName(after))
    .orderBy('folded')
    .limit(limit)
    .execute()
  return rows.map(toNamed)
}

/** Makes a user a member; one that is there already stays. */
export async function addMember(tx: Tx, groupId: string, userId: string): Promise<void> {
  await tables(tx)
    .insertInto('access_membership')
    .values({ group_id: groupId, user_id: userId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Answers whether it was a member. */
export async function removeMember(tx: Tx, groupId: string, userId: string): Promise<boolean> {
  const { numDeletedRows } = await tables(tx)
    .deleteFrom('access_membership')
    .where('group_id', '=', groupId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
