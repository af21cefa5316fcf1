import { sql } from 'kysely'
import type { Dialect, Reader, Tx } from '#db/index.ts'
import type { PeersTables } from './tables.ts'

export interface Peer {
  readonly id: string
  readonly url: string
}

const tables = (db: Reader) => db.withTables<PeersTables>()

/** Gives this controller a lease, whatever lease it had before; its epoch is above every earlier one, also of removed rows. */
export async function putLease(tx: Tx, dialect: Dialect, { id, url }: Peer, leaseMs: number): Promise<number> {
  const now = await dialect.databaseNow(tx)
  const known = await tables(tx).selectFrom('peer_controller').select('epoch').where('id', '=', id).executeTakeFirst()
  const row = { url, epoch: Math.max(now, (known?.epoch ?? 0) + 1), expires_at: now + leaseMs }
  await tables(tx)
    .insertInto('peer_controller')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
  return row.epoch
}

/** Renews a lease that is still good; `usurped` when another process has taken this controller's id. */
export async function renewLease(
  tx: Tx,
  dialect: Dialect,
  id: string,
  epoch: number,
  leaseMs: number,
): Promise<'held' | 'lost' | 'usurped'> {
  const { numUpdatedRows } = await tables(tx)
    .updateTable('peer_controller')
    .set({ expires_at: sql<number>`${dialect.clockMs} + ${leaseMs}` })
    .where('id', '=', id)
    .where('epoch', '=', epoch)
    .where('expires_at', '>', dialect.clockMs)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) return 'held'
  const row = await tables(tx).selectFrom('peer_controller').select('epoch').where('id', '=', id).executeTakeFirst()
  return row !== undefined && row.epoch > epoch ? 'usurped' : 'lost'
}

/** Whether the lease, as the transaction sees it, is good at this moment. */
export async function isLeaseGood(tx: Tx, dialect: Dialect, id: string, epoch: number): Promise<boolean> {
  const row = await tables(tx)
    .selectFrom('peer_controller')
    .select('id')
    .where('id', '=', id)
    .where('epoch', '=', epoch)
    .where('expires_at', '>', dialect.clockMs)
    .executeTakeFirst()
  return row !== undefined
}

/** Gives the lease up. */
export async function endLease(tx: Tx, id: string, epoch: number): Promise<void> {
  await tables(tx).deleteFrom('peer_controller').where('id', '=', id).where('epoch', '=', epoch).execute()
}

export function listPeers(db: Reader, dialect: Dialect): Promise<Peer[]> {
  return tables(db)
    .selectFrom('peer_controller')
    .select(['id', 'url'])
    .where('expires_at', '>', dialect.clockMs)
    .orderBy('id')
    .execute()
}

/** Removes leases that have run out. */
export async function removeOldLeases(tx: Tx, dialect: Dialect): Promise<void> {
  await tables(tx).deleteFrom('peer_controller').where('expires_at', '<=', dialect.clockMs).execute()
}

/** Writes a common value unless there is one; answers the one that stands. */
export async function agreeOn(tx: Tx, name: string, value: Uint8Array): Promise<Uint8Array> {
  const known = await tables(tx).selectFrom('peer_shared').select('value').where('name', '=', name).executeTakeFirst()
  if (known !== undefined) return known.value
  await tables(tx).insertInto('peer_shared').values({ name, value }).execute()
  return value
}
