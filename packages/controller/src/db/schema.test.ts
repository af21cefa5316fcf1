import { readFile, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { migrations } from './migrations/index.ts'
import { describeSchema } from './testing/schema.ts'
import { describeStores } from './testing/stores.ts'

const SNAPSHOT = new URL('./schema.snapshot.txt', import.meta.url)

describeStores('schema', (openStore) => {
  // MUSTER_WRITE_SCHEMA=1 writes the snapshot anew; both engines must then still agree with it.
  test('is what schema.snapshot.txt says', async () => {
    await using db = await openStore()
    const found = await describeSchema(db)
    if (process.env['MUSTER_WRITE_SCHEMA'] === '1' && db.dialect.name === 'sqlite') await writeFile(SNAPSHOT, found)
    expect(found).toBe(await readFile(SNAPSHOT, 'utf8'))
  })
})

test('migrations are numbered from 1 without a gap', () => {
  expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1))
})
