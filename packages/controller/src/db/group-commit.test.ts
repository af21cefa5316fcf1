import { describe, expect, test } from 'vitest'
import { createGroupCommit, QueueFull, StoreLost, type Tx } from './index.ts'
import { describeStores } from './testing/stores.ts'

type MetaTables = {
  meta: { key: string; value: string }
}

interface Item {
  readonly key: string
  readonly value: string | null
}

const anItem = (number: number, value: string | null = 'fine'): Item => ({
  key: String(number).padStart(4, '0'),
  value,
})

const keysOf = (items: readonly Item[]) => items.map(({ key }) => key)

const insert = async (tx: Tx, items: readonly Item[]) => {
  await tx
    .withTables<MetaTables>()
    .insertInto('meta')
    .values(items as { key: string; value: string }[])
    .execute()
  return items.map(({ key }) => `stored ${key}`)
}

describeStores('group commit', (openStore) => {
  test('parks the one bad record of 200 and commits the other 199, in order', async () => {
    await using db = await openStore()
    const parked: Item[] = []
    const order: string[] = []
    const group = createGroupCommit<Item, string>({
      db,
      apply: insert,
      onParked: (item) => {
        parked.push(item)
        return 'parked'
      },
    })
    const items = Array.from({ length: 200 }, (_, number) => anItem(number, number === 77 ? null : 'fine'))
    const results = await Promise.all(
      items.map(async (item) => {
        const result = await group.submit(item)
        order.push(item.key)
        return result
      }),
    )
    const rows = await db.read.withTables<MetaTables>().selectFrom('meta').select('key').orderBy('key').execute()
    expect(parked).toEqual([items[77]])
    expect(rows.map(({ key }) => key)).toEqual(keysOf(items.filter((item) => item.value !== null)))
    expect(results).toEqual(items.map(({ key, value }) => (value === null ? 'parked' : `stored ${key}`)))
    expect(order).toEqual(keysOf(items))
  })

  test('answers only after the commit', async () => {
    await using db = await openStore()
    const group = createGroupCommit<Item, string>({ db, apply: insert, onParked: () => 'parked' })
    await Promise.all(
      Array.from({ length: 20 }, async (_, number) => {
        const item = anItem(number)
        await group.submit(item)
        const query = db.read.withTables<MetaTables>().selectFrom('meta').select('key').where('key', '=', item.key)
        expect(await query.execute()).toEqual([{ key: item.key }])
      }),
    )
  })

  test('parks a duplicate of an item in the same batch', async () => {
    await using db = await openStore()
    const group = createGroupCommit<Item, string>({ db, apply: insert, onParked: () => 'parked' })
    const all = await Promise.all([anItem(1), anItem(2), anItem(1), anItem(3)].map((item) => group.submit(item)))
    expect(all).toEqual(['stored 0001', 'stored 0002', 'parked', 'stored 0003'])
  })
})

// A database whose transactions succeed, fail or wait as the test says.
const aDatabase = (before: (attempt: number) => Promise<void> | void = () => undefined) => {
  let attempt = 0
  return {
    async write<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
      await before(++attempt)
      return fn({} as Tx)
    },
  }
}

const unexpected = () => {
  throw new Error('nothing is to be parked')
}

describe('group commit', () => {
  test('rejects a batch, and parks nothing, when the store itself fails', async () => {
    const db = aDatabase((attempt) => {
      if (attempt === 1) throw new StoreLost('gone')
    })
    const group = createGroupCommit<number, number>({ db, apply: async (_tx, items) => items, onParked: unexpected })
    const first = await Promise.allSettled([1, 2, 3].map((item) => group.submit(item)))
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(await group.submit(4)).toBe(4)
  })

  test('takes what comes during a commit as the next batch, whole', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const batches: (readonly number[])[] = []
    const db = aDatabase((attempt) => (attempt === 1 ? released : undefined))
    const group = createGroupCommit<number, number>({
      db,
      apply: async (_tx, items) => {
        batches.push(items)
        return items
      },
      onParked: unexpected,
    })
    const first = group.submit(0)
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    const rest = [1, 2, 3, 4, 5].map((item) => group.submit(item))
    release()
    await Promise.all([first, ...rest])
    expect(batches).toEqual([[0], [1, 2, 3, 4, 5]])
  })

  test('never makes a batch larger than it may be', async () => {
    const sizes: number[] = []
    const group = createGroupCommit<number, number>({
      db: aDatabase(),
      maxItems: 10,
      apply: async (_tx, items) => {
        sizes.push(items.length)
        return items
      },
      onParked: unexpected,
    })
    await Promise.all(Array.from({ length: 35 }, (_, item) => group.submit(item)))
    expect(sizes).toEqual([10, 10, 10, 5])
  })

  test('has room again once the queue is short, and refuses past twice its length', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const db = aDatabase(() => released)
    const group = createGroupCommit<number, number>({
      db,
      maxQueued: 5,
      maxItems: 3,
      apply: async (_tx, items) => items,
      onParked: unexpected,
    })
    const queued = Array.from({ length: 10 }, (_, item) => group.submit(item))
    const settled: string[] = []
    const room = group.room().then(() => settled.push('room'))
    await expect(group.submit(11)).rejects.toThrow(QueueFull)
    expect(settled).toEqual([])
    release()
    await room
    await Promise.all(queued)
    await group.room()
    expect(await group.submit(12)).toBe(12)
  })

  test('drains what was submitted, then takes no more once closed', async () => {
    const done: number[] = []
    const group = createGroupCommit<number, number>({
      db: aDatabase(),
      apply: async (_tx, items) => items,
      onParked: unexpected,
    })
    for (const item of [1, 2, 3]) void group.submit(item).then((result) => done.push(result))
    await group.drain()
    expect(done).toEqual([1, 2, 3])
    await group[Symbol.asyncDispose]()
    await expect(group.submit(4)).rejects.toThrow('closed')
  })

  test('rejects an item for which its parking fails, and goes on with the others', async () => {
    const group = createGroupCommit<number, number>({
      db: aDatabase(),
      apply: async (_tx, items) => {
        if (items.includes(2)) throw new TypeError('cannot take 2')
        return items
      },
      onParked: () => {
        throw new Error('no place to park')
      },
    })
    const all = await Promise.allSettled([1, 2, 3].map((item) => group.submit(item)))
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  test('gives no item another one’s result when apply answers too few', async () => {
    const group = createGroupCommit<number, number>({ db: aDatabase(), apply: async () => [], onParked: unexpected })
    await expect(group.submit(1)).rejects.toThrow('0 results for 1 items')
  })
})
