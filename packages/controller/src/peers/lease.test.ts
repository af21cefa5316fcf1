import { createManualClock } from '@muster/protocol/kit'
import { expect, test } from 'vitest'
import { type Database, StoreLost, type Tx } from '#db/index.ts'
import { describeStores } from '#db/testing/stores.ts'
import { silentLog } from '#kit/logging.ts'
import { fence, LEASE_MS, RENEW_MS, takeLease } from './lease.ts'
import { agreeOn, listPeers, removeOldLeases } from './store.ts'
import type { PeersTables } from './tables.ts'

const tables = (tx: Tx) => tx.withTables<PeersTables>()

async function lease(db: Database, id = 'a') {
  const clock = createManualClock(0)
  const usurped: string[] = []
  const self = { id, url: `http://${id}` }
  const taken = await takeLease({ db, self, clock, log: silentLog, onUsurped: () => void usurped.push(id) })
  const news: boolean[] = []
  taken.subscribe((held) => void news.push(held))
  return Object.assign(taken, { clock, usurped, news, db: fence(db, taken) })
}

const runOut = (db: Database) =>
  db.write((tx) => tables(tx).updateTable('peer_controller').set({ expires_at: 1 }).execute())
const put = (db: Database, name: string) => db.write((tx) => agreeOn(tx, name, new Uint8Array([1])))
const names = async (db: Database) =>
  (await db.read.withTables<PeersTables>().selectFrom('peer_shared').select('name').execute()).map(({ name }) => name)

describeStores('the lease of a controller', (openStore) => {
  test('lets its holder write', async () => {
    await using db = await openStore()
    await using held = await lease(db)
    await put(held.db, 'by the holder')
    expect(await names(db)).toEqual(['by the holder'])
  })

  test('refuses the writes of who stood still until it had run out, before it has noticed that', async () => {
    await using db = await openStore()
    await using late = await lease(db)
    await runOut(db)
    await expect(put(late.db, 'too late')).rejects.toThrow(StoreLost)
    expect(await names(db)).toEqual([])
  })

  test('is lost by the clock of the process when the store does not answer', async () => {
    await using db = await openStore()
    await using held = await lease(db)
    held.clock.advance(LEASE_MS)
    expect(held.isHeld()).toBe(false)
    await held.look()
    expect(held.news).toEqual([false])
  })

  test('is renewed while it is good', async () => {
    await using db = await openStore()
    await using held = await lease(db)
    for (let round = 0; round < 4; round++) {
      held.clock.advance(LEASE_MS / 2)
      await held.look()
    }
    expect(held.news).toEqual([])
  })

  test('is noticed as lost and taken anew, with a higher epoch', async () => {
    await using db = await openStore()
    await using held = await lease(db)
    const epoch = () =>
      db.read.withTables<PeersTables>().selectFrom('peer_controller').select('epoch').executeTakeFirstOrThrow()
    const before = await epoch()
    await runOut(db)
    await db.write((tx) => removeOldLeases(tx, db.dialect))
    held.clock.advance(LEASE_MS / 2)
    await held.look()
    expect(held.news).toEqual([false])
    held.clock.advance(RENEW_MS)
    await held.look()
    expect(held.news).toEqual([false, true])
    expect((await epoch()).epoch).toBeGreaterThan(before.epoch)
    await put(held.db, 'again')
    expect(await names(db)).toEqual(['again'])
  })

  test('of two processes with one id belongs to the later one, and the earlier one is told', async () => {
    await using db = await openStore()
    await using earlier = await lease(db)
    await using later = await lease(db)
    await expect(put(earlier.db, 'earlier')).rejects.toThrow(StoreLost)
    await put(later.db, 'later')
    earlier.clock.advance(LEASE_MS / 2)
    await earlier.look()
    expect(earlier.usurped).toEqual(['a'])
    expect(await names(db)).toEqual(['later'])
  })

  test('is seen by others until it has run out or was given up', async () => {
    await using db = await openStore()
    await using one = await lease(db, 'a')
    const other = await lease(db, 'b')
    const seen = async () => (await listPeers(db.read, db.dialect)).map(({ id }) => id)
    expect(await seen()).toEqual(['a', 'b'])
    await other[Symbol.asyncDispose]()
    expect(await seen()).toEqual(['a'])
    await runOut(db)
    expect(await seen()).toEqual([])
    expect(one.news).toEqual([])
  })
})

describeStores('what controllers agree on', (openStore) => {
  test('is what the first one said', async () => {
    await using db = await openStore()
    const say = (value: number) => db.write((tx) => agreeOn(tx, 'objects', new Uint8Array([value])))
    expect([await say(1), await say(2)]).toEqual([new Uint8Array([1]), new Uint8Array([1])])
  })
})
