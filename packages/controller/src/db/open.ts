import type { Bus } from './bus.ts'
import type { Database } from './database.ts'
import { StoreUnusable } from './errors.ts'
import { migrate } from './migrate.ts'
import { type Migration, migrations } from './migrations/index.ts'

export interface OpenOptions {
  /** Hears that the store can no longer work in this process, which should then end. */
  readonly onFatal: (error: Error) => void
  /** Threads that read a SQLite file, started when first needed. */
  readonly readers?: number
  readonly migrations?: readonly Migration[]
  readonly now?: () => number
}

const SQLITE = 'sqlite:'

const open = async (url: string, { onFatal, readers = 2 }: OpenOptions): Promise<Database> => {
  if (url.startsWith(SQLITE)) {
    const file = url.slice(SQLITE.length)
    if (file === '') throw new StoreUnusable('The database URL sqlite: names no file.')
    return (await import('./sqlite/open.ts')).openSqlite(file, { onFatal, readers })
  }
  // `pg` is loaded only where it is used.
  if (/^postgres(?:ql)?:\/\//.test(url)) return (await import('./postgres/open.ts')).openPostgres(url)
  throw new StoreUnusable('The database URL must be sqlite:FILE or postgres://…')
}

/** Opens the database that the URL names, with its schema brought up to date. */
export const openDatabase = async (url: string, options: OpenOptions): Promise<Database> => {
  const database = await open(url, options)
  try {
    await migrate(database, options.migrations ?? migrations, options.now ?? Date.now)
    return database
  } catch (error) {
    await database[Symbol.asyncDispose]()
    throw error
  }
}

/** The bus of a PostgreSQL database. */
export const openBus = async (url: string): Promise<Bus> => (await import('./postgres/bus.ts')).openPostgresBus(url)
