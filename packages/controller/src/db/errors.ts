/** The database was written by a newer release than this program. */
export class SchemaTooNew extends Error {
  override readonly name = 'SchemaTooNew'
  readonly found: number
  readonly known: number
  constructor(found: number, known: number) {
    super(
      `The database has schema version ${found}, and this release knows versions up to ${known}. ` +
        'Start the release that wrote it, or restore a backup made before the upgrade.',
    )
    this.found = found
    this.known = known
  }
}

/** The database cannot be used as it is configured: a wrong URL, permissions, settings or damage. */
export class StoreUnusable extends Error {
  override readonly name = 'StoreUnusable'
}

/** COMMIT was sent and its outcome is not known: read again by key, never assume. */
export class CommitUnknown extends Error {
  override readonly name = 'CommitUnknown'
  constructor(cause: unknown) {
    super('The connection to the database failed during COMMIT; whether the change was made is not known.', { cause })
  }
}

/** The store is not reachable: a worker or a connection died, or it was closed. */
export class StoreLost extends Error {
  override readonly name = 'StoreLost'
}

/** No turn on the store within the time allowed. */
export class StoreBusy extends Error {
  override readonly name = 'StoreBusy'
}

/** A value that the two engines would not store in the same way. */
export class BadBinding extends Error {
  override readonly name = 'BadBinding'
}

/** An error of SQLite, carried over from its thread. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError'
  /** Extended result code, for instance 2067. */
  readonly errcode: number
  constructor(message: string, errcode: number) {
    super(message)
    this.errcode = errcode
  }
}

const SQLITE_DUPLICATE = new Set([1555, 2067, 2579])
// BUSY LOCKED NOMEM READONLY INTERRUPT IOERR CORRUPT FULL CANTOPEN PROTOCOL NOTADB: the store failed, not the record.
const SQLITE_FAULT = new Set([5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 26])
const SQLITE_DAMAGE = new Set([11, 26])

/** The five-character state of a PostgreSQL error, or undefined for any other error. */
export const postgresState = (error: unknown): string | undefined => {
  if (!(error instanceof Error) || !('severity' in error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

const anyCause = (error: unknown, test: (error: unknown) => boolean): boolean => {
  for (
    let at = error, depth = 0;
    at !== undefined && depth < 8;
    at = at instanceof Error ? at.cause : undefined, depth++
  ) {
    if (test(at)) return true
  }
  return false
}

/** Whether a row with the same key exists already. */
export const isDuplicate = (error: unknown): boolean =>
  anyCause(error, (at) =>
    at instanceof SqliteError ? SQLITE_DUPLICATE.has(at.errcode) : postgresState(at) === '23505',
  )

/** Whether the same transaction may succeed when it is run again at once. */
export const isConflict = (error: unknown): boolean =>
  anyCause(error, (at) => {
    const state = postgresState(at)
    return state === '40001' || state === '40P01'
  })

/** Whether the file itself is damaged. */
export const isDamage = (error: unknown): boolean =>
  anyCause(error, (at) => at instanceof SqliteError && SQLITE_DAMAGE.has(at.errcode & 0xff))

// Connection, transaction rollback, resources, operator, system, read-only server.
const POSTGRES_FAULT = /^(?:08|40|53|57|58|XX|25006)/
// What `pg` and Node throw, without a state, when a connection fails or none is free.
const isConnectionFailure = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && /^E(?!RR_)[A-Z_]+$/.test(String(error.code))) ||
    /^(?:Connection terminated|timeout (?:expired|exceeded)|Client has encountered|Query read timeout)/.test(
      error.message,
    ))

/** Whether the store failed, as opposed to the statement or its values: the same work may succeed later, unchanged. */
export const isStoreFault = (error: unknown): boolean =>
  anyCause(error, (at) => {
    if (
      at instanceof CommitUnknown ||
      at instanceof StoreLost ||
      at instanceof StoreBusy ||
      at instanceof StoreUnusable
    )
      return true
    if (at instanceof SqliteError) return SQLITE_FAULT.has(at.errcode & 0xff)
    const state = postgresState(at)
    return state === undefined ? isConnectionFailure(at) : POSTGRES_FAULT.test(state)
  })
