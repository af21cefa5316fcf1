import { type RawBuilder, sql } from 'kysely'
import type { Database } from '#db/database.ts'

interface ColumnRow {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly optional: boolean
  readonly counted: boolean
}

interface IndexRow {
  readonly table: string
  readonly columns: string
  readonly kind: 'key' | 'unique' | 'index'
  readonly condition: string
}

const TYPES = new Map([
  ['bigint', 'int'],
  ['integer', 'int'],
  ['bytea', 'bytes'],
  ['blob', 'bytes'],
  ['text', 'text'],
])

const rowsOf = async <T>(db: Database, query: RawBuilder<T>): Promise<T[]> => (await query.execute(db.read)).rows

const sqliteColumns = (db: Database) =>
  rowsOf(
    db,
    sql<ColumnRow>`
      select t.name as "table", c.name as "column", lower(c.type) as type, c."notnull" = 0 as optional,
        c.pk > 0 and t.sql like '%autoincrement%' as counted
      from sqlite_schema t, pragma_table_info(t.name) c
      where t.type = 'table' and t.name not like 'sqlite_%' order by c.cid`,
  )

const sqliteIndexes = (db: Database) =>
  rowsOf(
    db,
    sql<IndexRow>`
      select t.name as "table", (select group_concat(name, ', ' order by seqno) from pragma_index_info(i.name)) as columns,
        case when i.origin = 'pk' then 'key' when i."unique" then 'unique' else 'index' end as kind,
        coalesce(substr(x.sql, nullif(instr(x.sql, ' where '), 0) + 7), '') as condition
      from sqlite_schema t, pragma_index_list(t.name) i left join sqlite_schema x on x.name = i.name
      where t.type = 'table' and t.name not like 'sqlite_%'
      union all
      select t.name, c.name, 'key', '' from sqlite_schema t, pragma_table_info(t.name) c
      where t.type = 'table' and t.name not like 'sqlite_%' and c.pk > 0
        and not exists (select 1 from pragma_index_list(t.name) where origin = 'pk')`,
  )

const postgresColumns = (db: Database) =>
  rowsOf(
    db,
    sql<ColumnRow>`
      select table_name::text as "table", column_name::text as "column",
        data_type || case when data_type = 'text' and collation_name is distinct from 'C' then ' of another order' else '' end as type,
        is_nullable = 'YES' as optional, is_identity = 'YES' as counted
      from information_schema.columns where table_schema = 'public' order by ordinal_position`,
  )

const postgresIndexes = (db: Database) =>
  rowsOf(
    db,
    sql<IndexRow>`
      select t.relname::text as "table",
        (select string_agg(pg_get_indexdef(i.indexrelid, n, true), ', ' order by n) from generate_series(1, i.indnatts) n) as columns,
        case when i.indisprimary then 'key' when i.indisunique then 'unique' else 'index' end as kind,
        coalesce(pg_get_expr(i.indpred, i.indrelid), '') as condition
      from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace s on s.oid = t.relnamespace
      where s.nspname = 'public'`,
  )

// PostgreSQL adds brackets to a condition and quotes to a column; neither means anything.
const plain = (text: string) => text.replaceAll(/["()]/g, '').trim()

const toLine = ({ columns, kind, condition }: IndexRow) =>
  `  ${kind} (${plain(columns)})${condition === '' ? '' : ` where ${plain(condition)}`}`

/** The schema as an engine has it, in words that are the same for both. */
export const describeSchema = async (db: Database): Promise<string> => {
  const isSqlite = db.dialect.name === 'sqlite'
  const columns = await (isSqlite ? sqliteColumns(db) : postgresColumns(db))
  const indexes = await (isSqlite ? sqliteIndexes(db) : postgresIndexes(db))
  const tables = [...new Set(columns.map(({ table }) => table))].sort()
  const texts = tables.map((name) => {
    const own = columns.filter(({ table }) => table === name)
    const lines = own.map(({ column, type, optional, counted }) =>
      ['  ', column, ' ', TYPES.get(type) ?? type, counted ? ' counted' : '', optional ? ' optional' : ''].join(''),
    )
    const keys = indexes.filter(({ table }) => table === name).map(toLine)
    return [name, ...lines, ...keys.sort()].join('\n')
  })
  return `${texts.join('\n\n')}\n`
}
