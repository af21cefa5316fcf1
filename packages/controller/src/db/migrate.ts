import { type Kysely, sql } from 'kysely'
import type { Database } from './database.ts'
import { SchemaTooNew, StoreUnusable } from './errors.ts'
import { postgresColumns, sqliteColumns } from './migrations/columns.ts'
import type { Migration } from './migrations/index.ts'
import type { Tx } from './transaction.ts'

type MigrationTables = {
  schema_migration: { number: number; name: string; applied_at: number }
}

const columnsOf = ({ dialect }: Database) => (dialect.name === 'sqlite' ? sqliteColumns : postgresColumns)

// Any number that nothing else locks by.
const LEDGER_LOCK = 7_283_114_095

const ensureLedger = (database: Database): Promise<void> =>
  database.write(async (tx) => {
    const { int, text } = columnsOf(database)
    // On PostgreSQL, IF NOT EXISTS does not hold against one that creates the same at the same moment.
    if (database.dialect.name === 'postgres') await sql`select pg_advisory_xact_lock(${LEDGER_LOCK})`.execute(tx)
    await tx.schema
      .createTable('schema_migration')
      .ifNotExists()
      .addColumn('number', int().type, (column) => column.notNull().primaryKey())
      .addColumn('name', text().type, (column) => column.notNull())
      .addColumn('applied_at', int().type, (column) => column.notNull())
      .execute()
  })

// One migrator at a time. SQLite's write transaction is the lock itself; on PostgreSQL LOCK comes first, because the
// first query fixes what the transaction sees.
const takeTurn = async (tx: Tx, engine: Database['dialect']['name']): Promise<void> => {
  if (engine === 'sqlite') return
  await sql`set local statement_timeout = 0`.execute(tx)
  await sql`lock table schema_migration in exclusive mode`.execute(tx)
}

const refuseForeign = (applied: readonly { number: number; name: string }[], steps: readonly Migration[]): void => {
  const newest = steps.at(-1)?.number ?? 0
  const found = applied.at(-1)?.number ?? 0
  if (found > newest) throw new SchemaTooNew(found, newest)
  for (const { number, name } of applied) {
    const known = steps.find((step) => step.number === number)
    if (known?.name !== name)
      throw new StoreUnusable(`The database has a schema step ${number} named ${name} that this release does not know.`)
  }
}

// Answers whether a step was taken; each has a transaction of its own, so that an interrupted start goes on where it stopped.
const applyNext = (database: Database, steps: readonly Migration[], now: () => number): Promise<boolean> =>
  database.write(async (tx) => {
    await takeTurn(tx, database.dialect.name)
    const own = tx.withTables<MigrationTables>()
    const applied = await own.selectFrom('schema_migration').select(['number', 'name']).orderBy('number').execute()
    refuseForeign(applied, steps)
    const next = steps.find(({ number }) => !applied.some((step) => step.number === number))
    if (next === undefined) return false
    // A step sees tables of every slice, which no type names.
    await next.up(tx as unknown as Kysely<unknown>, columnsOf(database))
    await own
      .insertInto('schema_migration')
      .values({ number: next.number, name: next.name, applied_at: now() })
      .execute()
    return true
  })

/** Brings the schema to the newest step; refuses a database that a newer release has written. */
export const migrate = async (database: Database, steps: readonly Migration[], now: () => number): Promise<void> => {
  await ensureLedger(database)
  while (await applyNext(database, steps, now));
}
