import { setTimeout as delay } from 'node:timers/promises'
import { Kysely } from 'kysely'
import pg from 'pg'
import type { Database } from '#db/database.ts'
import { postgresDialect } from '#db/dialect.ts'
import { isConflict, StoreUnusable } from '#db/errors.ts'
import type { Tables, Tx } from '#db/transaction.ts'
import { postgresPool } from './driver.ts'

const MOST_SESSIONS = 10
const STATEMENT_MS = 5_000
const IDLE_IN_TRANSACTION_MS = 30_000
const CONNECT_MS = 5_000
const MOST_ATTEMPTS = 10

const toSafeInteger = (text: string): number => {
  const value = Number(text)
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new RangeError(`The number ${text} is beyond 2^53.`)
  return value
}

const toBytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.slice(2), 'hex'))

// Both engines answer alike: int8 and the numeric that sum() makes as numbers, bytea as a plain Uint8Array.
const PARSERS = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, toSafeInteger],
  [pg.types.builtins.NUMERIC, toSafeInteger],
  [pg.types.builtins.BYTEA, toBytes],
])

const createPool = (url: string): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    max: MOST_SESSIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    // Sessions read unless a transaction says that it writes, as SQLite's readers.
    options: '-c default_transaction_read_only=on -c client_min_messages=warning',
    application_name: 'muster',
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        (format === 'binary' ? undefined : PARSERS.get(oid)) ??
        pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  })
  // A session that dies is replaced by the pool, and its next statement fails; unheard, the event would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

const demand = async (pool: pg.Pool): Promise<void> => {
  const { rows } = await pool.query<{ encoding: string; synced: string; fsync: string }>(
    "select current_setting('server_encoding') as encoding, current_setting('synchronous_commit') as synced",
  )
  const [found] = rows
  if (found?.encoding !== 'UTF8')
    throw new StoreUnusable(`The database's encoding is ${found?.encoding}; it must be UTF8.`)
  if (found.synced === 'off')
    throw new StoreUnusable('synchronous_commit is off: what is accepted would not be durable.')
}

const toStartProblem = (error: unknown): StoreUnusable => {
  if (error instanceof StoreUnusable) return error
  // Where a name has several addresses, the error of them all has a code but no text.
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = error instanceof Error && error.message !== '' ? error.message : code
  return new StoreUnusable(`The PostgreSQL database cannot be opened: ${reason}.`, { cause: error })
}

// Full jitter, so that two that met do not meet again.
const pause = (attempt: number) => delay(Math.random() * Math.min(200, 4 * 2 ** attempt))

/** Opens a PostgreSQL database by a pool of sessions. */
export const openPostgres = async (url: string): Promise<Database> => {
  const pool = createPool(url)
  const db = new Kysely<Tables>({ dialect: postgresPool(pool) })
  try {
    await demand(pool)
  } catch (error) {
    await pool.end()
    throw toStartProblem(error)
  }

  const once = <T>(fn: (tx: Tx) => Promise<T>) =>
    db.transaction().setIsolationLevel('serializable').setAccessMode('read write').execute(fn)

  return {
    dialect: postgresDialect,
    read: db,
    snapshot: (fn) => db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(fn),
    async write(fn) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await once(fn)
        } catch (error) {
          if (attempt === MOST_ATTEMPTS || !isConflict(error)) throw error
          await pause(attempt)
        }
      }
    },
    async checkpoint() {},
    async [Symbol.asyncDispose]() {
      await pool.end()
    },
  }
}
