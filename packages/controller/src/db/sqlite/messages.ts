import type { Binding } from '#db/bindings.ts'

/** How a connection's thread opens the file. */
export interface ThreadData {
  readonly file: string
  readonly role: 'writer' | 'reader'
  readonly busyMs: number
}

export type ControlKind = 'commit' | 'rollback' | 'checkpoint' | 'close'

/**
 * One call to a thread, as a short array because that is cheap to clone: number, kind, statement, values, and the
 * BEGIN that goes before it ('' for none), which saves a message per transaction.
 */
export type Request =
  | readonly [id: number, kind: 'query', sql: string, values: readonly Binding[], begin: string]
  | readonly [id: number, kind: 'many', sql: string, sets: readonly (readonly Binding[])[], begin: string]
  | readonly [id: number, kind: ControlKind]

/** Rows travel as arrays, their names once; `changes` are those of each run. */
export type Response =
  | readonly [
      id: number,
      ok: true,
      columns: readonly string[],
      rows: readonly (readonly Binding[])[],
      changes: readonly number[],
    ]
  | readonly [id: number, ok: false, text: string, errcode: number]
