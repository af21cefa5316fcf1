import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type Dialect as KyselyDialect,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { checkBindings } from '#db/bindings.ts'
import type { ManyQuery } from '#db/bulk.ts'
import { CommitUnknown, SqliteError, StoreLost } from '#db/errors.ts'
import type { Turns } from '#db/turns.ts'
import type { Answer, Thread } from './thread.ts'

const IOERR = 10

/** The kinds of transaction: a writer takes the lock at once, so that a later write cannot fail for it. */
export type Begin = 'begin immediate' | 'begin'

export interface DriverOptions {
  readonly turns: Turns<Thread>
  readonly begin: Begin
  /** Hears errors that mean that the file can no longer be trusted. */
  onError(error: unknown): void
}

const toRows = (columns: readonly string[], rows: Answer[3]): unknown[] =>
  rows.map((values) => {
    const row: Record<string, unknown> = {}
    for (let index = 0; index < columns.length; index++) row[columns[index] ?? ''] = values[index]
    return row
  })

/** One turn on a thread. It ends with its transaction, so that a statement that comes late is refused, never run. */
class SqliteConnection implements DatabaseConnection {
  readonly thread: Thread
  readonly #options: DriverOptions
  #begin: Begin | '' = ''
  #state: 'single' | 'open' | 'aborted' | 'ended' = 'single'

  constructor(thread: Thread, options: DriverOptions) {
    this.thread = thread
    this.#options = options
  }

  // BEGIN is sent with the first statement; a transaction without statements never starts.
  begin(): void {
    this.#begin = this.#options.begin
    this.#state = 'open'
  }

  async executeQuery<R>(query: CompiledQuery | ManyQuery): Promise<QueryResult<R>> {
    if (this.#state === 'ended') throw new Error('A statement came after the end of its transaction.')
    if (this.#state === 'aborted') throw new Error('The transaction was ended by an earlier error.')
    if (this.#state === 'single' && this.#options.begin === 'begin immediate')
      throw new Error('Writes need a transaction.')
    const begin = this.#begin
    this.#begin = ''
    try {
      return await this.#run<R>(query, begin)
    } catch (error) {
      // As on PostgreSQL: after an error nothing more happens in this transaction.
      if (this.#state === 'open') this.#state = 'aborted'
      this.#options.onError(error)
      throw error
    }
  }

  async #run<R>(query: CompiledQuery | ManyQuery, begin: string): Promise<QueryResult<R>> {
    if ('sets' in query) {
      const [, , , , changes] = await this.thread.many(query.sql, query.sets.map(checkBindings), begin)
      return { rows: changes as R[] }
    }
    const [, , columns, rows, [changes]] = await this.thread.query(query.sql, checkBindings(query.parameters), begin)
    if (changes === undefined) return { rows: toRows(columns, rows) as R[] }
    return { rows: [], numAffectedRows: BigInt(changes) }
  }

  async commit(): Promise<void> {
    if (this.#state === 'aborted') throw new Error('The transaction was ended by an earlier error.')
    this.#state = 'ended'
    if (this.#begin !== '') return
    if (this.#options.begin === 'begin') return this.#undo()
    try {
      await this.thread.control('commit')
    } catch (error) {
      const unknown = error instanceof StoreLost || (error instanceof SqliteError && (error.errcode & 0xff) === IOERR)
      const reported = unknown ? new CommitUnknown(error) : error
      this.#options.onError(reported)
      throw reported
    }
  }

  async rollback(): Promise<void> {
    this.#state = 'ended'
    this.#undo()
  }

  // Nobody waits for it: the thread does it before the next turn's first statement. A dead thread has nothing to undo.
  #undo(): void {
    this.thread.control('rollback').catch(() => undefined)
  }

  end(): void {
    this.#state = 'ended'
  }

  // biome-ignore lint/correctness/useYield: there is nothing to yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Rows are not streamed: read them by page.')
  }
}

const toOurs = (connection: DatabaseConnection): SqliteConnection => {
  if (connection instanceof SqliteConnection) return connection
  throw new TypeError('not a connection of this driver')
}

const createDriver = (options: DriverOptions): Driver => ({
  async init() {},
  acquireConnection: async () => new SqliteConnection(await options.turns.acquire(), options),
  async beginTransaction(connection) {
    toOurs(connection).begin()
  },
  commitTransaction: (connection) => toOurs(connection).commit(),
  rollbackTransaction: (connection) => toOurs(connection).rollback(),
  async releaseConnection(connection) {
    const ours = toOurs(connection)
    ours.end()
    options.turns.release(ours.thread)
  },
  async destroy() {},
})

// Kysely's adapter would add a queue of its own before ours.
class FairSqliteAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

/** The Kysely dialect over threads. */
export const sqliteThreads = (options: DriverOptions): KyselyDialect => ({
  createDriver: () => createDriver(options),
  createQueryCompiler: () => new SqliteQueryCompiler(),
  createAdapter: () => new FairSqliteAdapter(),
  createIntrospector: (db) => new SqliteIntrospector(db),
})
