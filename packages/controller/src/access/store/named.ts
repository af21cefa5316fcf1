import type { Insertable, Selectable } from 'kysely'
import { follows, fromJson, type Reader, toJson } from '#db/index.ts'
import type { AccessTables } from './tables.ts'

/** The tables of this slice. */
export const tables = (reader: Reader) => reader.withTables<AccessTables>()

export interface Tag {
  readonly Key: string
  readonly Value: string
}

/** What has a name, a path and an immutable id. */
export interface Named {
  readonly id: string
  readonly name: string
  /** Begins and ends with a slash. */
  readonly path: string
  readonly createdAt: number
}

export interface NamedPage {
  readonly pathPrefix: string
  /** The name of the last one that was shown, in lower case. */
  readonly after: string
  readonly limit: number
}

export const fold = (name: string): string => name.toLowerCase()

export const toNamed = ({ id, name, path, created_at }: Selectable<AccessTables['access_group']>): Named => ({
  id,
  name,
  path,
  createdAt: created_at,
})

export const namedRow = ({ id, name, path, createdAt }: Named): Insertable<AccessTables['access_group']> => ({
  id,
  name,
  folded: fold(name),
  path,
  created_at: createdAt,
})

export const toTags = (text: string): readonly Tag[] => fromJson<readonly Tag[]>(text)
export const fromTags = (tags: readonly Tag[]): string => toJson(tags)
export const afterName = (after: string) => follows(['folded'], [after])

/** Whether there is one of that name, in whatever case. */
export async function isTaken(
  reader: Reader,
  kind: 'access_user' | 'access_group' | 'access_role' | 'access_policy',
  name: string,
): Promise<boolean> {
  const query = tables(reader).selectFrom(kind).select('id').where('folded', '=', fold(name))
  return (await query.executeTakeFirst()) !== undefined
}

/** How many there are of a kind, counted up to a limit. */
export async function countNamed(
  reader: Reader,
  kind: 'access_user' | 'access_group' | 'access_role' | 'access_policy',
  limit: number,
): Promise<number> {
  return (await tables(reader).selectFrom(kind).select('id').limit(limit).execute()).length
}
