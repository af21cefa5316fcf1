import { randomBytes } from 'node:crypto'
import type { Database, Reader, Tx } from '#db/index.ts'
import { KEY_BYTES, SealBroken } from '#kit/cipher.ts'
import { MasterKeyError } from '#kit/master-key.ts'
import { createSealer } from '#kit/seal.ts'
import { insertWrapping, listWrappings, removeWrapping, type Wrapping } from './store-key-store.ts'

const PLACE = 'store_key'
const FINGERPRINT_CHARS = 16

/** Names a master key in the store: 16 hexadecimal digits. */
export const fingerprintOf = (masterKey: Uint8Array): string =>
  Buffer.from(createSealer(masterKey).mac('fingerprint')).toString('hex').slice(0, FINGERPRINT_CHARS)

const wrap = (storeKey: Uint8Array, masterKey: Uint8Array): Wrapping => ({
  ...{ fingerprint: fingerprintOf(masterKey), sealed: createSealer(masterKey).seal(storeKey, PLACE) },
})

function unwrap(wrappings: readonly Wrapping[], masterKey: Uint8Array): Uint8Array {
  const own = wrappings.find(({ fingerprint }) => fingerprint === fingerprintOf(masterKey))
  try {
    if (own) return createSealer(masterKey).open(own.sealed, PLACE)
  } catch (cause) {
    if (!(cause instanceof SealBroken)) throw cause
    throw new MasterKeyError("The store's key was altered: restore the table meta from a backup.", { cause })
  }
  throw new MasterKeyError(
    'The master key is not the one that this store was sealed with. Restore the key file that belongs to it.',
  )
}

/**
 * The key of which everything that this store seals is derived: made once, and kept sealed by the master key. Throws
 * MasterKeyError for a master key that does not open it.
 */
export async function openStoreKey(db: Database, masterKey: Uint8Array): Promise<Uint8Array> {
  const found = await listWrappings(db.read)
  if (found.length > 0) return unwrap(found, masterKey)
  return db.write(async (tx) => {
    const present = await listWrappings(tx)
    if (present.length > 0) return unwrap(present, masterKey)
    const storeKey = new Uint8Array(randomBytes(KEY_BYTES))
    await insertWrapping(tx, wrap(storeKey, masterKey))
    return storeKey
  })
}

/** Lets another master key open the store too; answers whether it could not yet. */
export async function admitMasterKey(tx: Tx, masterKey: Uint8Array, added: Uint8Array): Promise<boolean> {
  const wrappings = await listWrappings(tx)
  const storeKey = unwrap(wrappings, masterKey)
  if (wrappings.some(({ fingerprint }) => fingerprint === fingerprintOf(added))) return false
  await insertWrapping(tx, wrap(storeKey, added))
  return true
}

/** Leaves one master key that opens the store; answers the fingerprints of those that no longer do. */
export async function retireOthers(tx: Tx, masterKey: Uint8Array): Promise<readonly string[]> {
  const wrappings = await listWrappings(tx)
  unwrap(wrappings, masterKey)
  const retired = wrappings.map(({ fingerprint }) => fingerprint).filter((it) => it !== fingerprintOf(masterKey))
  for (const fingerprint of retired) await removeWrapping(tx, fingerprint)
  return retired
}

/** Fingerprints of the master keys that open this store; none in a store that was never started. */
export const listMasterKeys = async (db: Reader): Promise<readonly string[]> =>
  (await listWrappings(db)).map(({ fingerprint }) => fingerprint)
