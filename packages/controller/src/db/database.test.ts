import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { isDuplicate, type Reader, type Tx } from './index.ts'
import { describeStores } from './testing/stores.ts'

type MetaTables = {
  meta: { key: string; value: string }
}

const put = (tx: Tx, key: string, value = '') =>
  tx.withTables<MetaTables>().insertInto('meta').values({ key, value }).execute()

const keys = async (reader: Reader) => {
  const rows = await reader.withTables<MetaTables>().selectFrom('meta').select('key').orderBy('key').execute()
  return rows.map(({ key }) => key)
}

describeStores('database', (openStore) => {
  test('keeps what a transaction wrote and forgets what a failed one wrote', async () => {
    await using db = await openStore()
    await db.write((tx) => put(tx, 'kept'))
    const failed = db.write(async (tx) => {
      await put(tx, 'lost')
      throw new Error('changed my mind')
    })
    await expect(failed).rejects.toThrow('changed my mind')
    expect(await keys(db.read)).toEqual(['kept'])
  })

  test('shows a reader outside only what is committed', async () => {
    await using db = await openStore()
    await db.write(async (tx) => {
      await put(tx, 'new')
      expect(await keys(tx)).toEqual(['new'])
      expect(await keys(db.read)).toEqual([])
    })
    expect(await keys(db.read)).toEqual(['new'])
  })

  test('keeps one view for a snapshot while others write', async () => {
    await using db = await openStore()
    await db.write((tx) => put(tx, 'a'))
    const seen = await db.snapshot(async (tx) => {
      const before = await keys(tx)
      await db.write((other) => put(other, 'b'))
      return [before, await keys(tx)]
    })
    expect(seen).toEqual([['a'], ['a']])
    expect(await keys(db.read)).toEqual(['a', 'b'])
  })

  test('refuses to write through a read or a snapshot', async () => {
    await using db = await openStore()
    await expect(put(db.read as Tx, 'x')).rejects.toThrow(/read-?only/)
    await expect(db.snapshot((tx) => put(tx, 'x'))).rejects.toThrow(/read-?only/)
    expect(await keys(db.read)).toEqual([])
  })

  test('loses no update when many read, decide and write at once', async () => {
    await using db = await openStore()
    await db.write((tx) => put(tx, 'count', '0'))
    const raise = () =>
      db.write(async (tx) => {
        const meta = tx.withTables<MetaTables>()
        const { value } = await meta
          .selectFrom('meta')
          .select('value')
          .where('key', '=', 'count')
          .executeTakeFirstOrThrow()
        await meta
          .updateTable('meta')
          .set({ value: String(Number(value) + 1) })
          .where('key', '=', 'count')
          .execute()
      })
    for (let round = 0; round < 5; round++) await Promise.all(Array.from({ length: 4 }, raise))
    const rows = await db.read.withTables<MetaTables>().selectFrom('meta').select('value').execute()
    expect(rows).toEqual([{ value: '20' }])
  })

  test('lets two that each saw the other absent not both in', async () => {
    await using db = await openStore()
    const joinIfAlone = (name: string) =>
      db.write(async (tx) => {
        if ((await keys(tx)).length === 0) await put(tx, name)
      })
    await Promise.all([joinIfAlone('first'), joinIfAlone('second')])
    expect(await keys(db.read)).toHaveLength(1)
  })

  test('recognises a duplicate and ends the transaction that met it', async () => {
    await using db = await openStore()
    await db.write((tx) => put(tx, 'a'))
    let met: unknown
    const caught = db.write(async (tx) => {
      await put(tx, 'b')
      await put(tx, 'a').catch((error: unknown) => {
        met = error
      })
    })
    await expect(caught).rejects.toThrow('ended by an earlier error')
    expect(isDuplicate(met)).toBe(true)
    expect(isDuplicate(new Error('UNIQUE constraint failed'))).toBe(false)
    expect(await keys(db.read)).toEqual(['a'])
  })

  test('runs nothing more after an error in a transaction', async () => {
    await using db = await openStore()
    const failed = db.write(async (tx) => {
      await sql`select nonsense from nowhere`.execute(tx).catch(() => undefined)
      await put(tx, 'late')
    })
    await expect(failed).rejects.toThrow(/ended by an earlier error|current transaction is aborted/)
    expect(await keys(db.read)).toEqual([])
  })

  test('refuses a statement that comes after its transaction', async () => {
    await using db = await openStore()
    let kept: Tx | undefined
    await db.write(async (tx) => {
      await put(tx, 'a')
      kept = tx
    })
    await expect(put(kept!, 'late')).rejects.toThrow()
    const hurried = db.write(async (tx) => {
      const rest = [put(tx, 'b'), put(tx, 'c')]
      for (const each of rest) each.catch(() => undefined)
      throw new Error('did not wait')
    })
    await expect(hurried).rejects.toThrow('did not wait')
    await db.write((tx) => put(tx, 'd'))
    expect(await keys(db.read)).toEqual(['a', 'd'])
  })

  test('runs no statement that was not awaited once its transaction has committed', async () => {
    await using db = await openStore()
    const careless: Promise<unknown>[] = []
    await db.write(async (tx) => {
      await put(tx, 'awaited')
      for (let index = 0; index < 20; index++) careless.push(put(tx, `k${index}`))
      for (const each of careless) each.catch(() => undefined)
    })
    const results = await Promise.allSettled(careless)
    const kept = results.filter(({ status }) => status === 'fulfilled')
    const late = results.filter(
      (result) => result.status === 'rejected' && /after the end of its transaction/.test(String(result.reason)),
    )
    expect(late).not.toEqual([])
    expect(await keys(db.read)).toHaveLength(1 + kept.length)
  })

  test('takes a transaction without statements', async () => {
    await using db = await openStore()
    expect(await db.write(async () => 7)).toBe(7)
    expect(await db.snapshot(async () => 8)).toBe(8)
  })

  test('goes on after a transaction that failed', async () => {
    await using db = await openStore()
    for (let round = 0; round < 12; round++) {
      await expect(db.write((tx) => sql`select nonsense`.execute(tx))).rejects.toThrow()
      await expect(db.snapshot((tx) => sql`select nonsense`.execute(tx))).rejects.toThrow()
      await expect(sql`select nonsense`.execute(db.read)).rejects.toThrow()
    }
    await db.write((tx) => put(tx, 'fine'))
    expect(await keys(db.read)).toEqual(['fine'])
  })

  test('serves in turn more readers and writers than it has connections', async () => {
    await using db = await openStore()
    const all = await Promise.all([
      ...Array.from({ length: 40 }, (_, index) => db.write((tx) => put(tx, `k${index}`))),
      ...Array.from({ length: 40 }, () => db.snapshot(keys)),
      ...Array.from({ length: 40 }, () => keys(db.read)),
    ])
    expect(all).toHaveLength(120)
    expect(await keys(db.read)).toHaveLength(40)
  })

  test('refuses all work once it is closed', async () => {
    const db = await openStore()
    await db[Symbol.asyncDispose]()
    await expect(keys(db.read)).rejects.toThrow()
    await expect(db.write((tx) => put(tx, 'x'))).rejects.toThrow()
  })

  test('moves the log into the file on request', async () => {
    await using db = await openStore()
    await db.write((tx) => put(tx, 'a'))
    await db.checkpoint()
    expect(await keys(db.read)).toEqual(['a'])
  })

  test('tells the time for leases by the database', async () => {
    await using db = await openStore()
    const now = await db.dialect.databaseNow(db.read)
    expect(Number.isInteger(now)).toBe(true)
    expect(Math.abs(now - Date.now())).toBeLessThan(5_000)
    const inside = await db.write(async (tx) => db.dialect.databaseNow(tx))
    expect(inside).toBeGreaterThanOrEqual(now)
  })

  test('locks rows, and passes over locked ones, where the engine has row locks', async () => {
    await using db = await openStore()
    await db.write((tx) => put(tx, 'a'))
    await db.write(async (tx) => {
      const all = tx.withTables<MetaTables>().selectFrom('meta').select('key')
      expect(await db.dialect.forUpdate(all).execute()).toEqual([{ key: 'a' }])
      expect(await db.dialect.forUpdate(all, { skipLocked: true }).execute()).toEqual([{ key: 'a' }])
    })
  })
})
