import { type ColumnDataType, type Kysely, type RawBuilder, sql } from 'kysely'

interface Optional {
  /** The column may be null. */
  readonly optional?: boolean
}

/** A column as one engine declares it. */
export interface Column {
  readonly type: ColumnDataType | RawBuilder<unknown>
  readonly optional: boolean
  /** Numbered by the database, never twice. */
  readonly counted: boolean
  readonly engine: 'sqlite' | 'postgres'
}

/** The column kinds of portable rows. Text sorts by its bytes on both engines; flags are 0 and 1; JSON is text. */
export interface Columns {
  id(options?: Optional): Column
  text(options?: Optional): Column
  json(options?: Optional): Column
  int(options?: Optional): Column
  flag(options?: Optional): Column
  bytes(options?: Optional): Column
  autoKey(): Column
}

const columnsOf = (
  engine: Column['engine'],
  text: Column['type'],
  int: Column['type'],
  bytes: Column['type'],
): Columns => {
  const kind =
    (type: Column['type']) =>
    ({ optional = false }: Optional = {}): Column => ({ type, optional, counted: false, engine })
  return {
    id: kind(text),
    text: kind(text),
    json: kind(text),
    int: kind(int),
    flag: kind(int),
    bytes: kind(bytes),
    autoKey: () => ({ type: int, optional: false, counted: true, engine }),
  }
}

export const sqliteColumns = columnsOf('sqlite', 'text', 'integer', 'blob')
export const postgresColumns = columnsOf('postgres', sql`text collate "C"`, 'bigint', 'bytea')

export interface Keys {
  readonly primary: readonly string[]
  readonly unique?: readonly (readonly string[])[]
  readonly indexes?: readonly (readonly string[])[]
}

/** Makes a table with its keys and indexes: `table(name, columns, keys)`. */
export const createTable =
  (db: Kysely<unknown>) =>
  async (
    name: string,
    columns: Readonly<Record<string, Column>>,
    { primary, unique = [], indexes = [] }: Keys,
  ): Promise<void> => {
    const entries = Object.entries(columns)
    const isSqlite = entries.some(([, { engine }]) => engine === 'sqlite')
    const inlineKey = isSqlite && entries.some(([, { counted }]) => counted)
    let table = db.schema.createTable(name)
    for (const [column, { type, optional, counted }] of entries) {
      table = table.addColumn(column, type as ColumnDataType, (built) => {
        const full = optional ? built : built.notNull()
        if (!counted) return full
        return isSqlite ? full.primaryKey().autoIncrement() : full.generatedByDefaultAsIdentity()
      })
    }
    // SQLite numbers a column only if that column itself is declared as the key.
    if (!inlineKey) table = table.addPrimaryKeyConstraint(`${name}_pkey`, [...primary] as never)
    for (const key of unique) table = table.addUniqueConstraint(`${name}_${key.join('_')}_unique`, [...key] as never)
    await (isSqlite ? table.modifyEnd(sql`strict`) : table).execute()
    for (const key of indexes) {
      await db.schema
        .createIndex(`${name}_${key.join('_')}`)
        .on(name)
        .columns([...key])
        .execute()
    }
  }
