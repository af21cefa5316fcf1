import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { ColumnValues } from './bindings.ts'
import {
  insertStatement,
  type ManyColumns,
  type ManyUpdate,
  manyStatement,
  type Row,
  unnestInsert,
  unnestUpdate,
  updateStatement,
} from './bulk.ts'
import { toJson, withoutNul } from './portable.ts'
import type { Reader, Tx } from './transaction.ts'

/** Everything that differs between the engines, for those who write statements. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres'
  /** Locks the selected rows until the end of the transaction; SQLite has one writer and needs no lock. */
  forUpdate<DB, TB extends keyof DB, O>(
    query: SelectQueryBuilder<DB, TB, O>,
    options?: { skipLocked?: boolean },
  ): SelectQueryBuilder<DB, TB, O>
  /** Milliseconds by the database's clock as part of a statement: for leases between controllers only. */
  readonly clockMs: RawBuilder<number>
  /** The same as a value. */
  databaseNow(reader: Reader): Promise<number>
  /** `column` is one of many values, as one bound value. */
  isOneOf(column: string, values: readonly string[] | readonly number[]): RawBuilder<boolean>
  /** Inserts all rows with one statement; with `skipDuplicates` those whose key exists are left out. Answers how many went in. */
  insertMany(tx: Tx, into: ManyColumns, rows: readonly Row[], options?: { skipDuplicates?: boolean }): Promise<number>
  /** Updates one row a key with one statement; answers for each, in order, whether its row was found and met the condition. */
  updateMany(tx: Tx, update: ManyUpdate, rows: readonly Row[]): Promise<boolean[]>
}

const NEVER = sql<boolean>`(1 = 0)`
const asStored = (value: string | number) => (typeof value === 'string' ? withoutNul(value) : value)

const readClock = async (reader: Reader, clock: RawBuilder<number>): Promise<number> => {
  const { rows } = await sql<{ now: number }>`select ${clock} as now`.execute(reader)
  return rows[0]?.now ?? Number.NaN
}
const sqliteClock = sql<number>`cast(unixepoch('subsec') * 1000 as integer)`
const postgresClock = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  forUpdate: (query) => query,
  clockMs: sqliteClock,
  databaseNow: (reader) => readClock(reader, sqliteClock),
  isOneOf(column, values) {
    if (values.length === 0) return NEVER
    return sql<boolean>`${sql.ref(column)} in (select value from json_each(${toJson(values.map(asStored))}))`
  },
  async insertMany(tx, into, rows, { skipDuplicates = false } = {}) {
    if (rows.length === 0) return 0
    const changed = await manyStatement(tx, insertStatement(into, skipDuplicates), rows, Object.keys(into.columns))
    return changed.reduce((sum, count) => sum + count, 0)
  },
  async updateMany(tx, update, rows) {
    if (rows.length === 0) return []
    const { text, columns } = updateStatement(update, rows)
    const changed = await manyStatement(tx, text, rows, columns)
    return changed.map((count) => count > 0)
  },
}

export const postgresDialect: Dialect = {
  name: 'postgres',
  forUpdate: (query, { skipLocked = false } = {}) => (skipLocked ? query.forUpdate().skipLocked() : query.forUpdate()),
  clockMs: postgresClock,
  databaseNow: (reader) => readClock(reader, postgresClock),
  isOneOf(column, values) {
    if (values.length === 0) return NEVER
    const type = typeof values[0] === 'number' ? sql`bigint[]` : sql`text[]`
    return sql<boolean>`${sql.ref(column)} = any(${new ColumnValues(values)}::${type})`
  },
  async insertMany(tx, into, rows, { skipDuplicates = false } = {}) {
    if (rows.length === 0) return 0
    const { numAffectedRows } = await unnestInsert(into, rows, skipDuplicates).execute(tx)
    return Number(numAffectedRows ?? 0n)
  },
  async updateMany(tx, update, rows) {
    if (rows.length === 0) return []
    const found = await unnestUpdate(update, rows).execute(tx)
    const changed = new Set(found.rows.map(({ n }) => n))
    return rows.map((_, index) => changed.has(index + 1))
  },
}
