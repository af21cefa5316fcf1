import type { Selectable } from 'kysely'
import { fromFlag, type Reader, startsWith, type Tx, toFlag } from '#db/index.ts'
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

export interface User extends Named {
  readonly disabled: boolean
  readonly tags: readonly Tag[]
}

const toUser = (row: Selectable<AccessTables['access_user']>): User => ({
  ...toNamed(row),
  disabled: fromFlag(row.disabled),
  tags: toTags(row.tags),
})

const toRow = (user: User) => ({ ...namedRow(user), disabled: toFlag(user.disabled), tags: fromTags(user.tags) })

export async function findUser(reader: Reader, id: string): Promise<User | undefined> {
  const row = await tables(reader).selectFrom('access_user').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toUser(row)
}

export async function findUserByName(reader: Reader, name: string): Promise<User | undefined> {
  const row = await tables(reader)
    .selectFrom('access_user')
    .selectAll()
    .where('folded', '=', fold(name))
    .where('name', '=', name)
    .executeTakeFirst()
  return row && toUser(row)
}

export async function listUsers(reader: Reader, { pathPrefix, after, limit }: NamedPage): Promise<User[]> {
  const rows = await tables(reader)
    .selectFrom('access_user')
    .selectAll()
    .where(startsWith('path', pathPrefix))
    .where(afterName(after))
    .orderBy('folded')
    .limit(limit)
    .execute()
  return rows.map(toUser)
}

export async function insertUser(tx: Tx, user: User): Promise<void> {
  await tables(tx).insertInto('access_user').values(toRow(user)).execute()
}

/** Writes everything of a user but its id and when it was made. */
export async function updateUser(tx: Tx, user: User): Promise<void> {
  const { id, created_at: _, ...change } = toRow(user)
  await tables(tx).updateTable('access_user').set(change).where('id', '=', id).execute()
}

export async function removeUser(tx: Tx, id: string): Promise<void> {
  await tables(tx).deleteFrom('access_user').where('id', '=', id).execute()
}
