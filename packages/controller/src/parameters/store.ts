import { fromJson, type Reader, type Tx, toJson } from '#db/index.ts'
import { parentOf, type Selector } from './name.ts'
import type { ParameterType, ParameterVersion, Tier } from './parameter.ts'
import type { Policy } from './policy.ts'
import type { ParameterRow, ParameterTables, ParameterVersionRow } from './tables.ts'

export const VERSION_COLUMNS = [
  'parameter.path',
  'parameter.name',
  'parameter.type',
  'parameter_version.version',
  'parameter_version.value',
  'parameter_version.sealed',
  'parameter_version.data_key_id',
  'parameter_version.key_id',
  'parameter_version.key_reference',
  'parameter_version.description',
  'parameter_version.allowed_pattern',
  'parameter_version.tier',
  'parameter_version.data_type',
  'parameter_version.policies',
  'parameter_version.modified_at',
  'parameter_version.modified_by',
] as const

export type JoinedRow = Pick<ParameterRow, 'name' | 'type'> & ParameterVersionRow

export const toVersion = (row: JoinedRow): ParameterVersion => ({
  path: row.path,
  name: row.name,
  type: row.type as ParameterType,
  version: row.version,
  value: row.sealed === null ? (row.value ?? '') : { dataKeyId: row.data_key_id ?? '', bytes: row.sealed },
  keyId: row.key_id ?? undefined,
  keyReference: row.key_reference ?? undefined,
  description: row.description ?? undefined,
  allowedPattern: row.allowed_pattern ?? undefined,
  tier: row.tier as Tier,
  dataType: row.data_type,
  policies: fromJson<Policy[]>(row.policies),
  modifiedAt: row.modified_at,
  modifiedBy: row.modified_by,
})

/** The latest versions of these paths, in no order; what is not there is left out. */
export async function findLatest(db: Reader, paths: readonly string[]): Promise<ParameterVersion[]> {
  if (paths.length === 0) return []
  const rows = await db
    .withTables<ParameterTables>()
    .selectFrom('parameter')
    .innerJoin('parameter_version', (join) =>
      join
        .onRef('parameter_version.path', '=', 'parameter.path')
        .onRef('parameter_version.version', '=', 'parameter.version'),
    )
    .select(VERSION_COLUMNS)
    .where('parameter.path', 'in', paths)
    .execute()
  return rows.map(toVersion)
}

/** One version of a parameter; undefined when there is none of that number or label. */
export async function findSelected(
  db: Reader,
  path: string,
  selector: Selector,
): Promise<ParameterVersion | undefined> {
  const tables = db.withTables<ParameterTables>()
  const found = tables
    .selectFrom('parameter')
    .innerJoin('parameter_version', 'parameter_version.path', 'parameter.path')
    .select(VERSION_COLUMNS)
    .where('parameter.path', '=', path)
  const ofLabel = (label: string) =>
    tables.selectFrom('parameter_label').select('version').where('path', '=', path).where('label', '=', label)
  const row = await ('version' in selector
    ? found.where('parameter_version.version', '=', selector.version)
    : found.where('parameter_version.version', '=', ofLabel(selector.label))
  ).executeTakeFirst()
  return row && toVersion(row)
}

/** Versions of a parameter from the oldest, those after `after`. */
export async function listVersions(
  db: Reader,
  path: string,
  after: number,
  limit: number,
): Promise<ParameterVersion[]> {
  const rows = await db
    .withTables<ParameterTables>()
    .selectFrom('parameter')
    .innerJoin('parameter_version', 'parameter_version.path', 'parameter.path')
    .select(VERSION_COLUMNS)
    .where('parameter.path', '=', path)
    .where('parameter_version.version', '>', after)
    .orderBy('parameter_version.version')
    .limit(limit)
    .execute()
  return rows.map(toVersion)
}

const toVersionRow = (version: ParameterVersion): ParameterVersionRow => ({
  path: version.path,
  version: version.version,
  value: typeof version.value === 'string' ? version.value : null,
  sealed: typeof version.value === 'string' ? null : version.value.bytes,
  data_key_id: typeof version.value === 'string' ? null : version.value.dataKeyId,
  key_id: version.keyId ?? null,
  key_reference: version.keyReference ?? null,
  description: version.description ?? null,
  allowed_pattern: version.allowedPattern ?? null,
  tier: version.tier,
  data_type: version.dataType,
  policies: toJson(version.policies),
  modified_at: version.modifiedAt,
  modified_by: version.modifiedBy,
})

/** Adds the first version of a parameter or a further one, which is then the latest. */
export async function putVersion(tx: Tx, version: ParameterVersion, isNew: boolean): Promise<void> {
  const tables = tx.withTables<ParameterTables>()
  const { path, name, type } = version
  const latest = {
    ...{ version: version.version, tier: version.tier, data_type: version.dataType },
    key_reference: version.keyReference ?? null,
  }
  await (isNew
    ? tables.insertInto('parameter').values({ path, name, parent: parentOf(path), type, ...latest })
    : tables.updateTable('parameter').set(latest).where('path', '=', path)
  ).execute()
  await tables.insertInto('parameter_version').values(toVersionRow(version)).execute()
}

/** Removes one version that is not the latest; answers the data key that goes with it. */
export async function removeVersion(tx: Tx, path: string, version: number): Promise<readonly string[]> {
  const removed = await tx
    .withTables<ParameterTables>()
    .deleteFrom('parameter_version')
    .where('path', '=', path)
    .where('version', '=', version)
    .returning('data_key_id')
    .execute()
  return removed.flatMap(({ data_key_id }) => data_key_id ?? [])
}

/** Removes a parameter with all that is its own; answers the data keys that go with it. */
export async function removeParameter(tx: Tx, path: string): Promise<readonly string[]> {
  const tables = tx.withTables<ParameterTables>()
  await tables.deleteFrom('parameter').where('path', '=', path).execute()
  await tables.deleteFrom('parameter_label').where('path', '=', path).execute()
  await tables.deleteFrom('parameter_due').where('path', '=', path).execute()
  const removed = await tables
    .deleteFrom('parameter_version')
    .where('path', '=', path)
    .returning('data_key_id')
    .execute()
  return removed.flatMap(({ data_key_id }) => data_key_id ?? [])
}

export const setPolicies = async (
  tx: Tx,
  { path, version }: ParameterVersion,
  policies: readonly Policy[],
): Promise<void> => {
  await tx
    .withTables<ParameterTables>()
    .updateTable('parameter_version')
    .set({ policies: toJson(policies) })
    .where('path', '=', path)
    .where('version', '=', version)
    .execute()
}

/** How many parameters of a tier there are. */
export async function countOf(db: Reader, tier: Tier): Promise<number> {
  const parts = await db
    .withTables<ParameterTables>()
    .selectFrom('parameter_count')
    .select('count')
    .where('tier', '=', tier)
    .execute()
  return parts.reduce((sum, { count }) => sum + count, 0)
}

const PARTS = 64

const partOf = (path: string): number => {
  let hash = 0
  for (const character of path) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521
  return hash % PARTS
}

/** Counts a parameter in or out. */
export const addToCount = async (tx: Tx, tier: Tier, path: string, by: 1 | -1): Promise<void> => {
  await tx
    .withTables<ParameterTables>()
    .insertInto('parameter_count')
    .values({ tier, part: partOf(path), count: by })
    .onConflict((conflict) =>
      conflict
        .columns(['tier', 'part'])
        .doUpdateSet(({ eb, ref }) => ({ count: eb(ref('parameter_count.count'), '+', by) })),
    )
    .execute()
}
