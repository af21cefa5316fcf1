import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Tx } from './index.ts'
import { describeEngines, openFresh } from './testing/stores.ts'

type MetaTables = {
  meta: { key: string; value: string }
}

const put = (tx: Tx, key: string, value = '') =>
  tx.withTables<MetaTables>().insertInto('meta').values({ key, value }).execute()

describeEngines('database', (engine) => {
  const openStore = () => openFresh(engine)

  test('keeps what a transaction wrote and forgets what a failed one wrote', async () => {
    await using db = await openStore()
    await db.write((tx) => put(tx, 'kept'))
    await expect(
      db.write(async (tx) => {
        await put(tx, 'lost')
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    const rows = await db.read.withTables<MetaTables>().selectFrom('meta').select('key').execute()
    expect(rows).toEqual([{ key: 'kept' }])
  })
})
void stat
void join
void sql
