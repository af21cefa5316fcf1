import { CompiledQuery, type RawBuilder, sql } from 'kysely'
import { ColumnValues } from './bindings.ts'
import type { Tx } from './transaction.ts'

/** A column's kind, as PostgreSQL must be told it for a column of values. */
export type ColumnKind = 'text' | 'int' | 'bytes'

export type Row = Readonly<Record<string, unknown>>

export interface ManyColumns {
  readonly table: string
  readonly columns: Readonly<Record<string, ColumnKind>>
}

export interface ManyUpdate extends ManyColumns {
  /** Columns that name the row. No two rows of one call may name the same. */
  readonly key: readonly string[]
  /** Columns that are raised by the given value; all others are set to it. */
  readonly add?: readonly string[]
  /** A further condition on the row as it stands: SQL of the slice over its own columns, without values. */
  readonly onlyIf?: string
}

/** A statement that SQLite's thread runs once for each set of values, in one message. */
export interface ManyQuery extends CompiledQuery {
  readonly sets: readonly (readonly unknown[])[]
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`
const list = (items: readonly string[]) => items.join(', ')

const valuesOf = (row: Row, columns: readonly string[]) => columns.map((column) => row[column])

const refuseRepeatedKeys = (update: ManyUpdate, rows: readonly Row[]) => {
  const seen = new Set<string>()
  for (const row of rows) seen.add(JSON.stringify(valuesOf(row, update.key)))
  if (seen.size < rows.length) throw new Error(`Two rows of one update of ${update.table} have the same key.`)
}

const changesOf = ({ columns, key }: ManyUpdate) => Object.keys(columns).filter((column) => !key.includes(column))

/** One INSERT of one row, for SQLite. */
export const insertStatement = ({ table, columns }: ManyColumns, skipDuplicates: boolean): string => {
  const names = Object.keys(columns)
  const target = `${quote(table)} (${list(names.map(quote))})`
  return `insert into ${target} values (${list(names.map(() => '?'))})${skipDuplicates ? ' on conflict do nothing' : ''}`
}

/** One UPDATE of one row, for SQLite, with the order of its values. */
export const updateStatement = (update: ManyUpdate, rows: readonly Row[]): { text: string; columns: string[] } => {
  refuseRepeatedKeys(update, rows)
  const { table, key, add = [], onlyIf } = update
  const changes = changesOf(update)
  const set = changes.map((column) => `${quote(column)} = ${add.includes(column) ? `${quote(column)} + ` : ''}?`)
  const where = [...key.map((column) => `${quote(column)} = ?`), ...(onlyIf === undefined ? [] : [`(${onlyIf})`])]
  return { text: `update ${quote(table)} set ${list(set)} where ${where.join(' and ')}`, columns: [...changes, ...key] }
}

/** Runs one statement for each row on SQLite and answers the rows changed by each. */
export const manyStatement = async (
  tx: Tx,
  text: string,
  rows: readonly Row[],
  columns: readonly string[],
): Promise<number[]> => {
  const query: ManyQuery = { ...CompiledQuery.raw(text), sets: rows.map((row) => valuesOf(row, columns)) }
  const { rows: changed } = await tx.executeQuery<number>(query)
  return changed
}

const ARRAY_TYPES = { text: 'text[]', int: 'bigint[]', bytes: 'bytea[]' } as const

// The columns of `u` are numbered, so that `onlyIf` cannot mean one of them.
const unnest = ({ columns }: ManyColumns, rows: readonly Row[]): RawBuilder<unknown> => {
  const names = Object.keys(columns)
  const arrays = Object.entries(columns).map(
    ([name, kind]) => sql`${new ColumnValues(rows.map((row) => row[name]))}::${sql.raw(ARRAY_TYPES[kind])}`,
  )
  return sql`unnest(${sql.join(arrays)}) with ordinality as u(${sql.raw(list([...names.map((_, index) => `v${index}`), 'n']))})`
}

/** All rows by one INSERT, for PostgreSQL. */
export const unnestInsert = (into: ManyColumns, rows: readonly Row[], skipDuplicates: boolean): RawBuilder<unknown> => {
  const names = Object.keys(into.columns)
  const target = sql.raw(`${quote(into.table)} (${list(names.map(quote))})`)
  const selected = sql.raw(list(names.map((_, index) => `v${index}`)))
  const tail = sql.raw(skipDuplicates ? 'on conflict do nothing' : '')
  return sql`insert into ${target} select ${selected} from ${unnest(into, rows)} order by n ${tail}`
}

/** All rows by one UPDATE, for PostgreSQL; answers the positions of those changed, from 1. */
export const unnestUpdate = (update: ManyUpdate, rows: readonly Row[]): RawBuilder<{ n: number }> => {
  refuseRepeatedKeys(update, rows)
  const names = Object.keys(update.columns)
  const value = (column: string) => `u.v${names.indexOf(column)}`
  const { table, key, add = [], onlyIf } = update
  const set = changesOf(update).map(
    (column) => `${quote(column)} = ${add.includes(column) ? `t.${quote(column)} + ` : ''}${value(column)}`,
  )
  const where = [
    ...key.map((column) => `t.${quote(column)} = ${value(column)}`),
    ...(onlyIf === undefined ? [] : [`(${onlyIf})`]),
  ]
  return sql<{
    n: number
  }>`update ${sql.raw(`${quote(table)} as t set ${list(set)}`)} from ${unnest(update, rows)} where ${sql.raw(
    where.join(' and '),
  )} returning u.n`
}
