import type { Selectable } from 'kysely'
import type { Reader, Tx } from '#db/index.ts'
import type { GroupRow, GroupTables } from './tables.ts'

export type Group = Selectable<GroupRow>

export const findGroup = (db: Reader, name: string): Promise<Group | undefined> =>
  db.withTables<GroupTables>().selectFrom('resource_group').selectAll().where('name', '=', name).executeTakeFirst()

/** Groups by name, from the one after `after`. */
export const listGroups = (db: Reader, after: string | undefined, limit: number): Promise<Group[]> => {
  const query = db.withTables<GroupTables>().selectFrom('resource_group').selectAll().orderBy('name').limit(limit)
  return (after === undefined ? query : query.where('name', '>', after)).execute()
}

/** How many groups there are, counted up to a limit. */
export const countGroups = async (db: Reader, limit: number): Promise<number> =>
  (await db.withTables<GroupTables>().selectFrom('resource_group').select('name').limit(limit).execute()).length

export const insertGroup = async (tx: Tx, group: Group): Promise<void> => {
  await tx.withTables<GroupTables>().insertInto('resource_group').values(group).execute()
}

export const updateGroup = async (
  tx: Tx,
  name: string,
  change: Partial<Pick<Group, 'description' | 'query'>>,
): Promise<void> => {
  if (Object.keys(change).length === 0) return
  await tx.withTables<GroupTables>().updateTable('resource_group').set(change).where('name', '=', name).execute()
}

export const removeGroup = async (tx: Tx, name: string): Promise<void> => {
  await tx.withTables<GroupTables>().deleteFrom('resource_group').where('name', '=', name).execute()
}
