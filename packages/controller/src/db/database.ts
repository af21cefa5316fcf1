import type { Dialect } from './dialect.ts'
import type { Reader, Tx } from './transaction.ts'

export interface Database extends AsyncDisposable {
  readonly dialect: Dialect
  /** Single reads of what is committed; a write through it is refused. */
  readonly read: Reader
  /** Several reads that see one state. Never call `read` or `write` inside. */
  snapshot<T>(fn: (tx: Tx) => Promise<T>): Promise<T>
  /** One serialisable transaction. `fn` may run again after a conflict: it touches nothing but `tx`. */
  write<T>(fn: (tx: Tx) => Promise<T>): Promise<T>
  /** Moves what the write-ahead log holds into the database file; nothing to do on PostgreSQL. */
  checkpoint(): Promise<void>
}
