import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { MasterKeyError } from '#kit/master-key.ts'
import { admitMasterKey, fingerprintOf, listMasterKeys, openStoreKey, retireOthers } from './store-key.ts'

const a = new Uint8Array(32).fill(1)
const b = new Uint8Array(32).fill(2)
const c = new Uint8Array(32).fill(3)

describeStores("the store's key", (openStore) => {
  test('is made once, also by two that start at the same moment, and opens with its master key only', async () => {
    await using db = await openStore()
    const [one, two] = await Promise.all([openStoreKey(db, a), openStoreKey(db, a)])
    expect(two).toEqual(one)
    expect(await openStoreKey(db, a)).toEqual(one)
    expect(one).toHaveLength(32)
    await expect(openStoreKey(db, b)).rejects.toThrow(
      new MasterKeyError(
        'The master key is not the one that this store was sealed with. Restore the key file that belongs to it.',
      ),
    )
  })

  test('opens with the old and the new master key from a rotation until the old one is retired', async () => {
    await using db = await openStore()
    const storeKey = await openStoreKey(db, a)
    expect(await db.write((tx) => admitMasterKey(tx, a, b))).toBe(true)
    for (const masterKey of [a, b]) expect(await openStoreKey(db, masterKey)).toEqual(storeKey)
    expect(await db.write((tx) => retireOthers(tx, b))).toEqual([fingerprintOf(a)])
    expect(await openStoreKey(db, b)).toEqual(storeKey)
    await expect(openStoreKey(db, a)).rejects.toBeInstanceOf(MasterKeyError)
    expect(await listMasterKeys(db.read)).toEqual([fingerprintOf(b)])
  })

  test('is handed on again without harm, and never by a master key that does not open it', async () => {
    await using db = await openStore()
    const storeKey = await openStoreKey(db, a)
    await db.write((tx) => admitMasterKey(tx, a, b))
    expect(await db.write((tx) => admitMasterKey(tx, a, b))).toBe(false)
    expect(await db.write((tx) => admitMasterKey(tx, b, a))).toBe(false)
    await expect(db.write((tx) => admitMasterKey(tx, c, c))).rejects.toBeInstanceOf(MasterKeyError)
    await expect(db.write((tx) => retireOthers(tx, c))).rejects.toBeInstanceOf(MasterKeyError)
    for (const masterKey of [a, b]) expect(await openStoreKey(db, masterKey)).toEqual(storeKey)
  })

  test('that was altered is told as that', async () => {
    await using db = await openStore()
    await openStoreKey(db, a)
    await db.write(async (tx) => {
      const meta = tx.withTables<{ meta: { key: string; value: string } }>().updateTable('meta')
      await meta
        .set({ value: Buffer.alloc(61, 1).toString('base64') })
        .where('key', '>', 'store_key:')
        .execute()
    })
    await expect(openStoreKey(db, a)).rejects.toThrow(
      "The store's key was altered: restore the table meta from a backup.",
    )
  })
})
