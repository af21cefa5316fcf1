import { type Reader, startsWith, type Tx } from '#db/index.ts'
import type { TagTables } from './tables.ts'
import type { Tag, TagCondition } from './tag.ts'

/** Tags of one resource, by key. */
export const listTags = (db: Reader, type: string, id: string): Promise<Tag[]> =>
  db
    .withTables<TagTables>()
    .selectFrom('tag')
    .select(['key', 'value'])
    .where('resource_type', '=', type)
    .where('resource_id', '=', id)
    .orderBy('key')
    .execute()

/** Tags of a page of resources; a resource without any has no entry. */
export async function listTagsOf(db: Reader, type: string, ids: readonly string[]): Promise<Map<string, Tag[]>> {
  const found = new Map<string, Tag[]>()
  if (ids.length === 0) return found
  const rows = await db
    .withTables<TagTables>()
    .selectFrom('tag')
    .select(['resource_id', 'key', 'value'])
    .where('resource_type', '=', type)
    .where('resource_id', 'in', ids)
    .orderBy('resource_id')
    .orderBy('key')
    .execute()
  for (const { resource_id, key, value } of rows) {
    const tags = found.get(resource_id)
    if (tags) tags.push({ key, value })
    else found.set(resource_id, [{ key, value }])
  }
  return found
}

/** Sets tags; a key that is there gets the new value. */
export async function putTags(tx: Tx, type: string, id: string, tags: readonly Tag[]): Promise<void> {
  if (tags.length === 0) return
  await tx
    .withTables<TagTables>()
    .insertInto('tag')
    .values(tags.map(({ key, value }) => ({ resource_type: type, resource_id: id, key, value })))
    .onConflict((conflict) =>
      conflict
        .columns(['resource_type', 'resource_id', 'key'])
        .doUpdateSet((row) => ({ value: row.ref('excluded.value') })),
    )
    .execute()
}

/** Removes the tags with these keys, or all of them. */
export async function removeTags(tx: Tx, type: string, id: string, keys?: readonly string[]): Promise<void> {
  if (keys?.length === 0) return
  let statement = tx
    .withTables<TagTables>()
    .deleteFrom('tag')
    .where('resource_type', '=', type)
    .where('resource_id', '=', id)
  if (keys) statement = statement.where('key', 'in', keys)
  await statement.execute()
}

// No key is empty, so without a condition nothing is selected.
const NEVER_MET: TagCondition = { keys: [''] }

/** Ids of the resources that meet every condition, as a subquery for another slice's `in`. */
export function idsMatching(db: Reader, type: string, conditions: readonly TagCondition[]) {
  const meeting = ({ keys, values, prefixes }: TagCondition) => {
    const query = db
      .withTables<TagTables>()
      .selectFrom('tag')
      .select('resource_id')
      .where('resource_type', '=', type)
      .where('key', 'in', keys)
    if (prefixes) return query.where(({ or }) => or(prefixes.map((prefix) => startsWith('value', prefix))))
    return values ? query.where('value', 'in', values) : query
  }
  const [first = NEVER_MET, ...rest] = conditions
  return rest.reduce((query, condition) => query.where('resource_id', 'in', meeting(condition)), meeting(first))
}

/** Ids of the resources that meet every condition; no condition selects nothing. */
export async function findByTags(db: Reader, type: string, conditions: readonly TagCondition[]): Promise<string[]> {
  if (conditions.length === 0) return []
  const rows = await idsMatching(db, type, conditions).distinct().orderBy('resource_id').execute()
  return rows.map(({ resource_id }) => resource_id)
}
