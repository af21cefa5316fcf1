import { createHash } from 'node:crypto'
import type { Reader, Tx } from '#db/index.ts'
import type { FleetTables } from '#fleet/tables.ts'

const tables = (db: Reader) => db.withTables<FleetTables>()

/** How a key is named where people read it: SHA-256 of its SPKI, hex. */
export const fingerprintOf = (publicKey: Uint8Array): string => createHash('sha256').update(publicKey).digest('hex')

/** Lets logins with a further key in; what was there as such is replaced. */
export async function keepNextKey(tx: Tx, nodeKey: number, publicKey: Uint8Array): Promise<void> {
  await tables(tx).updateTable('fleet_node').set({ next_public_key: publicKey }).where('key', '=', nodeKey).execute()
}

/** The further key is the node's from now on; the one before is kept for what it signed. */
export async function promoteNextKey(
  tx: Tx,
  nodeKey: number,
  keys: { readonly before: Uint8Array; readonly now: Uint8Array },
  at: number,
): Promise<void> {
  await tables(tx)
    .insertInto('fleet_node_key')
    .values({ node_key: nodeKey, fingerprint: fingerprintOf(keys.before), public_key: keys.before, retired_at: at })
    .execute()
  await tables(tx)
    .updateTable('fleet_node')
    .set({ public_key: keys.now, next_public_key: null, key_since: at, rotation_requested_at: null })
    .where('key', '=', nodeKey)
    .execute()
}

/** Key of the node, or undefined when there is no such registered node. */
export async function requestRotation(tx: Tx, nodeId: string, at: number): Promise<number | undefined> {
  const row = await tables(tx)
    .updateTable('fleet_node')
    .set({ rotation_requested_at: at })
    .where('id', '=', nodeId)
    .where('deregistered_at', 'is', null)
    .returning('key')
    .executeTakeFirst()
  return row?.key
}

/** Connected nodes whose key is to be changed, by key after a position: asked for, or older than `before`. */
export async function findRotationsDue(
  db: Reader,
  before: number,
  page: { readonly after: number; readonly limit: number },
): Promise<number[]> {
  const rows = await tables(db)
    .selectFrom('fleet_node')
    .select('key')
    .where('connected', '=', 1)
    .where('deregistered_at', 'is', null)
    .where(({ or, eb }) => or([eb('rotation_requested_at', 'is not', null), eb('key_since', '<', before)]))
    .where('key', '>', page.after)
    .orderBy('key')
    .limit(page.limit)
    .execute()
  return rows.map(({ key }) => key)
}

/** All keys that a node has had and the further one, SPKI in DER: the one in use first. */
export async function findPublicKeys(db: Reader, nodeKey: number): Promise<Uint8Array[]> {
  const node = await tables(db)
    .selectFrom('fleet_node')
    .select(['public_key', 'next_public_key'])
    .where('key', '=', nodeKey)
    .executeTakeFirst()
  if (!node) return []
  const earlier = await tables(db)
    .selectFrom('fleet_node_key')
    .select('public_key')
    .where('node_key', '=', nodeKey)
    .orderBy('retired_at', 'desc')
    .execute()
  const further = node.next_public_key === null ? [] : [node.next_public_key]
  return [node.public_key, ...further, ...earlier.map(({ public_key }) => public_key)]
}
