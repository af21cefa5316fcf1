import type { Kysely, Transaction } from 'kysely'

/** No table at all: each store adds its own by `withTables<{ … }>()` (a `type`, no interface), so that no slice sees another's. */
export type Tables = Record<never, never>

/** What may be read from: the database, a snapshot or a transaction. */
export type Reader = Kysely<Tables>

/** An open transaction: the first argument of everything that writes. */
export type Tx = Transaction<Tables>
