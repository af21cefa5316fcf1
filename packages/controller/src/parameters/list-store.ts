import { type SqlBool, sql } from 'kysely'
import { type Reader, startsWith } from '#db/index.ts'
import type { Tags } from '#tags/index.ts'
import type { ColumnCondition, ParameterFilter, Place } from './filter.ts'
import type { ParameterVersion } from './parameter.ts'
import { TAGGED } from './remove.ts'
import { toVersion, VERSION_COLUMNS } from './store.ts'
import type { ParameterTables } from './tables.ts'

export interface Page {
  /** Path of the last one of the page before; empty at the beginning. */
  readonly after: string
  readonly limit: number
}

/** A page of parameters by path, each with its latest version, or with the one of the filter's label. */
export async function listParameters(
  db: Reader,
  tags: Pick<Tags, 'idsMatching'>,
  filter: ParameterFilter,
  { after, limit }: Page,
): Promise<ParameterVersion[]> {
  const tables = db.withTables<ParameterTables>()
  const { label } = filter
  const versioned =
    label === undefined
      ? tables
          .selectFrom('parameter')
          .innerJoin('parameter_version', (join) =>
            join
              .onRef('parameter_version.path', '=', 'parameter.path')
              .onRef('parameter_version.version', '=', 'parameter.version'),
          )
      : tables
          .selectFrom('parameter')
          .innerJoin('parameter_label', (join) =>
            join.onRef('parameter_label.path', '=', 'parameter.path').on('parameter_label.label', '=', label),
          )
          .innerJoin('parameter_version', (join) =>
            join
              .onRef('parameter_version.path', '=', 'parameter.path')
              .onRef('parameter_version.version', '=', 'parameter_label.version'),
          )
  let query = versioned.select(VERSION_COLUMNS)
  if (after !== '') query = query.where('parameter.path', '>', after)
  for (const condition of filter.columns) query = query.where(meets(condition))
  if (filter.places) query = query.where(anyOf(filter.places.map(isIn)))
  if (filter.tags.length > 0) query = query.where('parameter.path', 'in', tags.idsMatching(db, TAGGED, filter.tags))
  return (await query.orderBy('parameter.path').limit(limit).execute()).map(toVersion)
}

const anyOf = (conditions: readonly ReturnType<typeof isIn>[]) => sql<SqlBool>`(${sql.join(conditions, sql` or `)})`

/** Whether a parameter stands in a place. */
function isIn({ path, recursive }: Place) {
  if (!recursive) return sql<SqlBool>`parameter.parent = ${path}`
  return startsWith('parameter.path', `${path}/`)
}

function meets({ column, how, values }: ColumnCondition) {
  const name = `parameter.${column}`
  switch (how) {
    case 'Equals':
      return sql<SqlBool>`${sql.ref(name)} in (${sql.join(values)})`
    case 'BeginsWith':
      return anyOf(values.map((value) => startsWith(name, value)))
    case 'Contains':
      // LIKE differs between the engines.
      return anyOf(values.map((value) => sql<boolean>`replace(${sql.ref(name)}, ${value}, '') <> ${sql.ref(name)}`))
  }
}
