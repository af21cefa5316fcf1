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

/** A statement takes no more values than this with room to spare. */
const IDS_AT_ONCE = 10_000

/** Tags of resources; a resource without any has no entry. */
export async function listTagsOf(db: Reader, type: string, ids: readonly string[]): Promise<Map<string, Tag[]>> {
  const found = new Map<string, Tag[]>()
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE)
    await addTagsOf(found, db, type, ids.slice(from, from + IDS_AT_ONCE))
  return found
}

async function addTagsOf(found: Map<string, Tag[]>, db: Reader, type: string, ids: readonly string[]): Promise<void> {
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
}

/** How many resources of a type have each value of a key. */
export async function countValues(db: Reader, type: string, key: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .withTables<TagTables>()
    .selectFrom('tag')
    .select((select) => ['value', select.fn.countAll<number>().as('count')])
    .where('resource_type', '=', type)
    .where('key', '=', key)
    .groupBy('value')
    .execute()
  return new Map(rows.map(({ value, count }) => [value, Number(count)]))
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
