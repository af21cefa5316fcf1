import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import type { Binding } from '#db/bindings.ts'
import type { ControlKind, Request, Response, ThreadData } from './messages.ts'

// The thread that owns one connection. It runs what it is told, in order, and knows nothing of transactions' meaning.

const STATEMENTS_KEPT = 512
// The WAL-reset race of older versions damages files that have several connections.
const OLDEST_SQLITE = 3_051_003

interface Prepared {
  readonly statement: StatementSync
  readonly columns: readonly string[]
}

const port = parentPort
if (port === null) throw new Error('db/sqlite/worker.ts runs as a worker thread only')

const { file, role, busyMs } = workerData as ThreadData
const cells = new Int32Array(new SharedArrayBuffer(4))

const readPragma = (db: DatabaseSync, name: string): unknown =>
  Object.values(db.prepare(`pragma ${name}`).get() ?? {})[0]

const demand = (db: DatabaseSync, name: string, wanted: unknown): void => {
  const found = readPragma(db, name)
  if (found !== wanted) throw new Error(`${file}: ${name} is ${String(found)} where ${String(wanted)} is needed`)
}

// Turning a new file to WAL fails at once, without the busy timeout, while another process does the same.
const turnToWal = (db: DatabaseSync): void => {
  for (let waitedMs = 0; ; waitedMs += 20) {
    try {
      db.exec('pragma journal_mode = wal')
      return
    } catch (error) {
      if (errcodeOf(error) !== 5 || waitedMs >= busyMs) throw error
      Atomics.wait(cells, 0, 0, 20)
    }
  }
}

const errcodeOf = (error: unknown): number =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 0

const openFile = (): DatabaseSync => {
  const db = new DatabaseSync(file, { readOnly: role === 'reader', timeout: busyMs })
  const version = db.prepare('select sqlite_version() as version').get()?.['version']
  const [major = 0, minor = 0, patch = 0] = String(version).split('.').map(Number)
  if (major * 1_000_000 + minor * 1_000 + patch < OLDEST_SQLITE) throw new Error(`SQLite ${String(version)} is too old`)
  db.exec('pragma temp_store = memory; pragma cache_size = -8000; pragma trusted_schema = off')
  if (role === 'reader') return db
  turnToWal(db)
  db.exec('pragma synchronous = full; pragma foreign_keys = on; pragma journal_size_limit = 67108864')
  demand(db, 'encoding', 'UTF-8')
  demand(db, 'journal_mode', 'wal')
  demand(db, 'synchronous', 2)
  demand(db, 'foreign_keys', 1)
  const damage = readPragma(db, 'quick_check(1)')
  if (damage !== 'ok')
    throw Object.assign(new Error(`database disk image is malformed: ${String(damage)}`), { errcode: 11 })
  return db
}

const prepared = new Map<string, Prepared>()

const prepare = (db: DatabaseSync, sql: string): Prepared => {
  const known = prepared.get(sql)
  if (known !== undefined) {
    prepared.delete(sql)
    prepared.set(sql, known)
    return known
  }
  const statement = db.prepare(sql)
  const columns = statement.columns().map(({ name }) => name)
  if (columns.length > 0) statement.setReturnArrays(true)
  const fresh = { statement, columns }
  // What changes the schema also changes what `select *` of a kept statement means.
  if (columns.length === 0 && /^\s*(?:create|alter|drop)\b/i.test(sql)) {
    prepared.clear()
    return fresh
  }
  prepared.set(sql, fresh)
  const [oldest] = prepared.size > STATEMENTS_KEPT ? prepared.keys() : []
  if (oldest !== undefined) prepared.delete(oldest)
  return fresh
}

const changesOf = (statement: StatementSync, values: readonly SQLInputValue[]) =>
  Number(statement.run(...values).changes)

// The types of node:sqlite do not know setReturnArrays.
const allOf = (statement: StatementSync, values: readonly SQLInputValue[]) =>
  statement.all(...values) as unknown as readonly (readonly Binding[])[]

const control = (db: DatabaseSync, kind: ControlKind): void => {
  if (kind === 'checkpoint') db.exec('pragma wal_checkpoint(passive)')
  else if (kind === 'close') db.close()
  // Some errors (a full disk) end the transaction by themselves.
  else if (kind === 'commit' || db.isTransaction) db.exec(kind)
}

const run = (db: DatabaseSync, request: Request): Response => {
  if (request[1] !== 'query' && request[1] !== 'many') {
    control(db, request[1])
    return [request[0], true, [], [], []]
  }
  const [id, , sql, , begin] = request
  const { statement, columns } = prepare(db, sql)
  if (begin !== '') db.exec(begin)
  if (request[1] === 'many') return [id, true, [], [], request[3].map((set) => changesOf(statement, set))]
  if (columns.length === 0) return [id, true, [], [], [changesOf(statement, request[3])]]
  return [id, true, columns, allOf(statement, request[3]), []]
}

const answer = (db: DatabaseSync, request: Request): Response => {
  try {
    return run(db, request)
  } catch (error) {
    return [request[0], false, error instanceof Error ? error.message : String(error), errcodeOf(error)]
  }
}

const start = (): void => {
  let db: DatabaseSync
  try {
    db = openFile()
  } catch (error) {
    port.postMessage([
      0,
      false,
      error instanceof Error ? error.message : String(error),
      errcodeOf(error),
    ] satisfies Response)
    return
  }
  port.postMessage([0, true, [], [], []] satisfies Response)
  port.on('message', (request: Request) => {
    port.postMessage(answer(db, request))
    if (request[1] === 'close') port.close()
  })
}

start()
