import { appendFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import type { Database } from '#db/database.ts'
import { type OpenOptions, openDatabase } from '#db/open.ts'
import { postgresAvailable, startPostgres } from './postgres.ts'

/** A place for databases: each call of `url` names a new one, all gone when it is disposed. */
export interface StorePlace extends AsyncDisposable {
  url(): Promise<string>
}

export interface StoreEngine {
  readonly name: 'sqlite' | 'postgres'
  place(): Promise<StorePlace>
}

const sqlite: StoreEngine = {
  name: 'sqlite',
  async place() {
    const folder = await mkdtemp(join(tmpdir(), 'muster-store-'))
    let made = 0
    return {
      url: async () => `sqlite:${join(folder, `${++made}`, 'muster.db')}`,
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
    }
  },
}

/** Databases on this process's private PostgreSQL; only where `postgresAvailable` says so. */
export const openPostgresPlace = async (): Promise<StorePlace> => {
  const server = await startPostgres()
  const made: string[] = []
  return {
    async url() {
      const url = await server.createDatabase()
      made.push(url)
      return url
    },
    async [Symbol.asyncDispose]() {
      for (const url of made) await server.dropDatabase(url)
    },
  }
}

const postgres: StoreEngine = { name: 'postgres', place: openPostgresPlace }

/** Notes that a suite does not run here, in the file that MUSTER_TEST_SKIPS names. */
export const noteSkip = (suite: string, reason: string): void => {
  const file = process.env['MUSTER_TEST_SKIPS']
  if (file !== undefined && file !== '') appendFileSync(file, `${JSON.stringify({ suite, reason })}\n`)
}

/**
 * The suite once for each engine that is here; an absent one is noted in the file that MUSTER_TEST_SKIPS names.
 * MUSTER_TEST_STORES=sqlite, as the quick check has it, leaves PostgreSQL out on purpose.
 */
export const describeEngines = (name: string, suite: (engine: StoreEngine) => void): void => {
  describe(`${name} on SQLite`, () => suite(sqlite))
  if (process.env['MUSTER_TEST_STORES'] === 'sqlite') return
  const state = postgresAvailable()
  if (state.available) describe(`${name} on PostgreSQL`, () => suite(postgres))
  else noteSkip(`${name} on PostgreSQL`, state.reason)
}

const rethrow = (error: Error): void => {
  throw error
}

/** Opens a fresh database with the whole schema; disposing of it removes it. */
export const openFresh = async (engine: StoreEngine, options: Partial<OpenOptions> = {}): Promise<Database> => {
  const place = await engine.place()
  let database: Database
  try {
    database = await openDatabase(await place.url(), { onFatal: rethrow, readers: 1, ...options })
  } catch (error) {
    await place[Symbol.asyncDispose]()
    throw error
  }
  return {
    ...database,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]()
      await place[Symbol.asyncDispose]()
    },
  }
}

/** The suite on each engine, with a function that opens a fresh store: `await using db = await openStore()`. */
export const describeStores = (name: string, suite: (openStore: () => Promise<Database>) => void): void =>
  describeEngines(name, (engine) => suite(() => openFresh(engine)))
