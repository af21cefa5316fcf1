import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type Dialect as KyselyDialect,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { checkPostgresBindings } from '#db/bindings.ts'
import { CommitUnknown, postgresState } from '#db/errors.ts'

const ROWS_COUNTED = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

// An error of severity ERROR leaves the session alive: the server has rolled back and says why.
const isPlainError = (error: unknown): boolean =>
  postgresState(error) !== undefined && error instanceof Error && 'severity' in error && error.severity === 'ERROR'

/** One turn on a session. It ends with its transaction, so that a statement that comes late is refused, never run. */
class PostgresConnection implements DatabaseConnection {
  readonly #client: PoolClient
  #ended = false
  #broken = false

  constructor(client: PoolClient) {
    this.#client = client
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#ended) throw new Error('A statement came after the end of its transaction.')
    const values = checkPostgresBindings(query.parameters)
    try {
      const { command, rowCount, rows } = await this.#client.query(query.sql, values)
      return ROWS_COUNTED.has(command) ? { rows, numAffectedRows: BigInt(rowCount ?? 0) } : { rows }
    } catch (error) {
      if (!isPlainError(error)) this.#broken = true
      throw error
    }
  }

  async begin({ isolationLevel = 'read committed', accessMode = 'read only' }: TransactionSettings): Promise<void> {
    await this.executeQuery(CompiledQuery.raw(`start transaction isolation level ${isolationLevel} ${accessMode}`))
  }

  async commit(): Promise<void> {
    this.#ended = true
    const command = await this.#commit()
    // A transaction that an error has ended answers COMMIT with ROLLBACK.
    if (command === 'ROLLBACK') throw new Error('The transaction was ended by an earlier error.')
  }

  async #commit(): Promise<string> {
    try {
      return (await this.#client.query('commit')).command
    } catch (error) {
      if (isPlainError(error)) throw error
      this.#broken = true
      throw new CommitUnknown(error)
    }
  }

  async rollback(): Promise<void> {
    this.#ended = true
    if (this.#broken) return
    try {
      await this.#client.query('rollback')
    } catch {
      // The session is thrown away, which rolls back; the first error is the one to report.
      this.#broken = true
    }
  }

  release(): void {
    this.#ended = true
    this.#client.release(this.#broken)
  }

  // biome-ignore lint/correctness/useYield: there is nothing to yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Rows are not streamed: read them by page.')
  }
}

const toOurs = (connection: DatabaseConnection): PostgresConnection => {
  if (connection instanceof PostgresConnection) return connection
  throw new TypeError('not a connection of this driver')
}

const createDriver = (pool: Pool): Driver => ({
  async init() {},
  acquireConnection: async () => new PostgresConnection(await pool.connect()),
  beginTransaction: (connection, settings) => toOurs(connection).begin(settings),
  commitTransaction: (connection) => toOurs(connection).commit(),
  rollbackTransaction: (connection) => toOurs(connection).rollback(),
  async releaseConnection(connection) {
    toOurs(connection).release()
  },
  async destroy() {},
})

/** The Kysely dialect over a pool of sessions. */
export const postgresPool = (pool: Pool): KyselyDialect => ({
  createDriver: () => createDriver(pool),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createAdapter: () => new PostgresAdapter(),
  createIntrospector: (db) => new PostgresIntrospector(db),
})
