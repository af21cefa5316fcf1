import type { Reader, Tx } from '#db/index.ts'
import { decrypt, encrypt, KEY_BYTES, SealBroken } from '#kit/cipher.ts'
import type { Caller } from '#kit/identity.ts'
import { findDataKeys, insertDataKey, removeDataKeys, type WrappedKey } from './data-key-store.ts'
import type { KeysDeps } from './deps.ts'
import { type Key, KeyUnusable, keyArn, requireEnabled } from './key.ts'
import type { Materials } from './materials.ts'
import { findKey, findVersion } from './store.ts'

/** A sealed value: what its row keeps. */
export interface Sealed {
  readonly dataKeyId: string
  readonly bytes: Uint8Array
}

export interface SealedItem {
  readonly sealed: Sealed
  /** The same name that it was sealed for. */
  readonly place: string
}

/** Who asks for what is sealed, for the audit trail. */
export interface Asking {
  readonly caller: Caller
  readonly requestId: string
  readonly at: number
}

export interface Envelopes {
  /**
   * Seals a value for one place, with a data key of its own. The place names the row, for instance
   * `parameter:/a/b:3`: bytes that are moved to another row do not open there. Throws KeyUnusable.
   */
  seal(tx: Tx, key: Key, place: string, plain: Uint8Array): Promise<Sealed>
  /** Opens all or throws KeyUnusable; what was altered is logged, and audited where `asking` says who asked. */
  openMany(db: Reader, items: readonly SealedItem[], asking?: Asking): Promise<Uint8Array[]>
  /** Removes the data keys of values that are removed. */
  forget(tx: Tx, dataKeyIds: readonly string[]): Promise<void>
}

type EnvelopeDeps = Pick<KeysDeps, 'home' | 'ids' | 'log' | 'audit'> & { readonly materials: Materials }

/** Names what a data key is wrapped for. */
export const wrapPlace = (accountId: string, keyId: string, dataKeyId: string): string =>
  JSON.stringify(['data key', accountId, keyId, dataKeyId])

// The region is configuration and may change; the key, whose id is in here, is of this store alone.
const valuePlace = (accountId: string, place: string, keyId: string, dataKeyId: string): string =>
  JSON.stringify(['value', accountId, place, keyId, dataKeyId])

/** Makes envelopes: each value under its own data key, each data key wrapped by a key-encryption key. */
export function createEnvelopes({ home, ids, log, audit, materials }: EnvelopeDeps): Envelopes {
  const { accountId } = home

  function open({ sealed, place }: SealedItem, row: WrappedKey | undefined): Uint8Array {
    if (!row) throw new KeyUnusable('Absent', 'The key that the value was sealed with is not there any more.')
    const arn = keyArn(home, row.key_id)
    requireEnabled({ arn, state: row.state })
    if (!row.material_sealed)
      throw new KeyUnusable('Absent', `The version of ${arn} that the value was sealed with is not there any more.`)
    try {
      const material = materials.open({ keyId: row.key_id, version: row.key_version }, row.material_sealed)
      const dataKey = decrypt(material, row.wrapped, wrapPlace(accountId, row.key_id, row.id))
      return decrypt(dataKey, sealed.bytes, valuePlace(accountId, place, row.key_id, row.id))
    } catch (cause) {
      if (!(cause instanceof SealBroken)) throw cause
      throw new KeyUnusable('Altered', `The stored value cannot be opened with ${arn}: it was altered.`, { cause })
    }
  }

  async function tell(place: string, keyId: string, error: KeyUnusable, asking: Asking | undefined): Promise<void> {
    log.error({ err: error, place, keyId, requestId: asking?.requestId }, 'a sealed value was altered')
    if (!asking) return
    const resources = [keyArn(home, keyId)]
    const what = { operation: 'Decrypt', action: 'kms:Decrypt', resources, result: 'SealBroken' }
    await audit.note({ ...asking, ...what, decision: 'Denied' })
  }

  return {
    async seal(tx, { id }, place, plain) {
      // Read here and not taken from the caller: only a version that this transaction sees may wrap.
      const key = await findKey(tx, { id })
      const arn = keyArn(home, id)
      if (!key) throw new KeyUnusable('Absent', `${arn} does not exist.`)
      requireEnabled({ arn, state: key.state })
      const stored = await findVersion(tx, id, key.version)
      if (!stored?.material_sealed) throw new Error(`version ${key.version} of ${arn} is not stored`)
      const material = materials.open({ keyId: id, version: key.version }, stored.material_sealed)
      const [dataKey, dataKeyId] = [ids.bytes(KEY_BYTES), ids.uuid()]
      const wrapped = encrypt(material, dataKey, wrapPlace(accountId, id, dataKeyId))
      await insertDataKey(tx, { id: dataKeyId, key_id: id, key_version: key.version, wrapped })
      return { dataKeyId, bytes: encrypt(dataKey, plain, valuePlace(accountId, place, id, dataKeyId)) }
    },

    async openMany(db, items, asking) {
      const rows = await findDataKeys(db, [...new Set(items.map(({ sealed }) => sealed.dataKeyId))])
      const opened: Uint8Array[] = []
      for (const item of items) {
        const row = rows.get(item.sealed.dataKeyId)
        try {
          opened.push(open(item, row))
        } catch (error) {
          if (row && error instanceof KeyUnusable && error.reason === 'Altered')
            await tell(item.place, row.key_id, error, asking)
          throw error
        }
      }
      return opened
    },

    forget: removeDataKeys,
  }
}
