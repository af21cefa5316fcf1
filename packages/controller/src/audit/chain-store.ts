import type { Dialect, Reader, Tx } from '#db/index.ts'
import type { SealedRow } from './row.ts'
import type { ChainTables } from './tables.ts'

export type Head = ChainTables['audit_head']
export type StoredCheckpoint = ChainTables['audit_checkpoint']
export type UnsealedRow = Omit<SealedRow, 'number' | 'hash'>

const tables = (db: Reader) => db.withTables<ChainTables>()
const HEAD = 1

/** The end of the chain; undefined before its first row was sealed. */
export const findHead = (db: Reader): Promise<Head | undefined> =>
  tables(db).selectFrom('audit_head').selectAll().where('id', '=', HEAD).executeTakeFirst()

/** The end of the chain, for one who is about to move it. */
export const lockHead = (tx: Tx, dialect: Dialect): Promise<Head | undefined> =>
  dialect.forUpdate(tables(tx).selectFrom('audit_head').selectAll().where('id', '=', HEAD)).executeTakeFirst()

export const insertHead = async (tx: Tx, head: Omit<Head, 'id'>): Promise<void> => {
  await tables(tx)
    .insertInto('audit_head')
    .values({ id: HEAD, ...head })
    .execute()
}

export const updateHead = async (tx: Tx, change: Partial<Omit<Head, 'id'>>): Promise<void> => {
  await tables(tx).updateTable('audit_head').set(change).where('id', '=', HEAD).execute()
}

/** Rows without a place in the chain, oldest first. */
export const findUnsealed = (db: Reader, limit: number): Promise<UnsealedRow[]> =>
  tables(db).selectFrom('audit_event').selectAll().where('number', 'is', null).orderBy('seq').limit(limit).execute()

const PLACES = {
  table: 'audit_event',
  columns: { seq: 'int', number: 'int', hash: 'bytes' },
  key: ['seq'],
  onlyIf: 'number is null',
} as const

/** Gives rows their places; false when one of them is gone or has one. */
export async function placeRows(
  tx: Tx,
  dialect: Dialect,
  places: readonly { readonly seq: number; readonly number: number; readonly hash: Uint8Array }[],
): Promise<boolean> {
  return (await dialect.updateMany(tx, PLACES, [...places])).every((placed) => placed)
}

/** Rows of the chain after a place, in its order. */
export const findChain = async (db: Reader, after: number, limit: number): Promise<SealedRow[]> =>
  (await tables(db)
    .selectFrom('audit_event')
    .selectAll()
    .where('number', '>', after)
    .orderBy('number')
    .limit(limit)
    .execute()) as SealedRow[]

/** The hash that stands at a place; undefined when no row has it. */
export async function findHash(db: Reader, number: number): Promise<Uint8Array | undefined> {
  const row = await tables(db).selectFrom('audit_event').select('hash').where('number', '=', number).executeTakeFirst()
  return row?.hash ?? undefined
}

export const insertCheckpoint = async (tx: Tx, checkpoint: StoredCheckpoint): Promise<void> => {
  await tables(tx).insertInto('audit_checkpoint').values(checkpoint).execute()
}

/** Checkpoints after a place, oldest first. */
export const findCheckpoints = (
  db: Reader,
  after: number,
  limit: number,
  upTo?: number,
): Promise<StoredCheckpoint[]> => {
  const query = tables(db).selectFrom('audit_checkpoint').selectAll().where('number', '>', after)
  return (upTo === undefined ? query : query.where('number', '<=', upTo)).orderBy('number').limit(limit).execute()
}

/** How far a sink has the checkpoints; undefined for one that is new. */
export async function findDelivered(db: Reader, sink: string): Promise<number | undefined> {
  const row = await tables(db).selectFrom('audit_sink').select('number').where('name', '=', sink).executeTakeFirst()
  return row?.number
}

export const putDelivered = async (tx: Tx, name: string, number: number): Promise<void> => {
  await tables(tx)
    .insertInto('audit_sink')
    .values({ name, number })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ number }))
    .execute()
}
