/**
 * The store: one schema on SQLite (a file, in threads of its own) and on PostgreSQL (a pool of sessions), by Kysely.
 * In come the slices' statements, inside `read`, `snapshot` or `write`; out go rows that are alike on both engines.
 * A `write` is serialisable on both: SQLite has one writer that takes the lock at BEGIN; PostgreSQL runs SERIALIZABLE
 * and runs the function again after a conflict. So a slice may read, decide and write without thinking of locks;
 * `dialect.forUpdate` only saves work that would be thrown away. After a statement's error the transaction is over, on
 * both. What differs is in dialect.ts; one slice's tables are added by `tx.withTables<CommandTables>()`.
 */

export type { ColumnKind, ManyColumns, ManyUpdate } from './bulk.ts'
export type { Bus } from './bus.ts'
export type { Database } from './database.ts'
export type { Dialect } from './dialect.ts'
export {
  BadBinding,
  CommitUnknown,
  isConflict,
  isDuplicate,
  isStoreFault,
  SchemaTooNew,
  StoreBusy,
  StoreLost,
  StoreUnusable,
} from './errors.ts'
export type { GroupCommit, GroupCommitOptions } from './group-commit.ts'
export { createGroupCommit, QueueFull } from './group-commit.ts'
export type { OpenOptions } from './open.ts'
export { openBus, openDatabase } from './open.ts'
export type { Flag } from './portable.ts'
export {
  follows,
  fromFlag,
  fromJson,
  precedes,
  prefixRange,
  startsWith,
  toFlag,
  toJson,
  withoutNul,
} from './portable.ts'
export type { Reader, Tables, Tx } from './transaction.ts'
