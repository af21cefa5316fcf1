import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Kysely } from 'kysely'
import type { Database } from '#db/database.ts'
import { sqliteDialect } from '#db/dialect.ts'
import { CommitUnknown, isDamage, StoreLost, StoreUnusable } from '#db/errors.ts'
import type { Tables } from '#db/transaction.ts'
import { createTurns } from '#db/turns.ts'
import { sqliteThreads } from './driver.ts'
import { startThread, type Thread } from './thread.ts'

const BUSY_MS = 5_000
const WAIT_MS = 20_000

export interface SqliteOptions {
  readonly onFatal: (error: Error) => void
  readonly readers: number
  /** How a connection's thread is started. */
  readonly start?: typeof startThread
}

/** Makes folder and file for their owner alone; -wal and -shm take over the file's mode. */
const prepareFile = (file: string): void => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
}

const toStartProblem = (file: string, error: unknown): StoreUnusable => {
  const reason = error instanceof Error ? error.message : String(error)
  return new StoreUnusable(`The database ${file} cannot be opened: ${reason}.`, { cause: error })
}

/** Opens a SQLite file: one thread that writes, others that read. */
export const openSqlite = async (
  path: string,
  { onFatal, readers, start: startOne = startThread }: SqliteOptions,
): Promise<Database> => {
  const file = resolve(path)
  const threads: Record<'writer' | 'reader', Thread[]> = { writer: [], reader: [] }
  const starting = new Set<Promise<Thread>>()
  let damaged = false

  // Nothing more is taken: only a new process, by recovery, can say what holds.
  const stop = (error: Error) => {
    writers.close(error)
    readTurns.close(error)
    onFatal(error)
  }
  const start = (role: 'writer' | 'reader') => async () => {
    const started = startOne({ file, role, busyMs: BUSY_MS }, stop).then((thread) => {
      threads[role].push(thread)
      return thread
    })
    starting.add(started)
    return started.finally(() => starting.delete(started))
  }
  const onError = (error: unknown) => {
    if (isDamage(error)) damaged = true
    if (error instanceof CommitUnknown && !(error.cause instanceof StoreLost)) stop(error)
  }

  const writers = createTurns({ most: 1, waitMs: WAIT_MS, start: start('writer') })
  const readTurns = createTurns({ most: readers, waitMs: WAIT_MS, start: start('reader') })
  const writing = new Kysely<Tables>({ dialect: sqliteThreads({ turns: writers, begin: 'begin immediate', onError }) })
  const reading = new Kysely<Tables>({ dialect: sqliteThreads({ turns: readTurns, begin: 'begin', onError }) })

  try {
    prepareFile(file)
    writers.release(await writers.acquire())
    // One of each from the beginning: later there may be no room for a first one.
    readTurns.release(await readTurns.acquire())
  } catch (error) {
    throw toStartProblem(file, error)
  }

  return {
    dialect: sqliteDialect,
    read: reading,
    snapshot: (fn) => reading.transaction().execute(fn),
    async write(fn) {
      if (damaged)
        throw new StoreUnusable(`The database ${file} is damaged: it is read only until it is restored from a backup.`)
      return writing.transaction().execute(fn)
    },
    async checkpoint() {
      const thread = await writers.acquire()
      try {
        await thread.control('checkpoint')
      } finally {
        writers.release(thread)
      }
    },
    async [Symbol.asyncDispose]() {
      const closed = new Error('The database is closed.')
      // Asking for a turn lets the transactions that wait already end.
      await writers.acquire().catch(() => undefined)
      readTurns.close(closed)
      writers.close(closed)
      // One that starts just now would outlive everything else.
      await Promise.allSettled(starting)
      // The last to close moves the log into the file, which one that only reads cannot.
      await Promise.all(threads.reader.map((thread) => thread.close()))
      await Promise.all(threads.writer.map((thread) => thread.close()))
    },
  }
}
