import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import type { Log } from '#kit/logging.ts'
import { silentLog } from '#kit/logging.ts'
import { openStand } from '#tags/testing/stand.ts'
import { createKeys, DEFAULT_ALIAS, type Key, type Keys, KeyUnusable } from './index.ts'
import type { KeysTables } from './tables.ts'

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString()

describeStores('sealed values', (openStore) => {
  const open = async (log: Log = silentLog) => {
    let keys: Keys | undefined
    const stand = await openStand(await openStore(), (parts) => {
      keys = createKeys({ ...parts, log })
      return keys.operations
    })
    if (!keys) throw new Error('the stand wired no keys')
    await keys.ready()
    const found = await keys.find(stand.db.read, DEFAULT_ALIAS)
    if (!found) throw new Error('there is no default key')
    const wired = keys
    const key: Key = found
    const seal = (place: string, plain: string) =>
      stand.db.write((tx) => wired.seal(tx, key, place, Buffer.from(plain)))
    return { ...stand, stand, keys: wired, key, seal, [Symbol.asyncDispose]: () => stand[Symbol.asyncDispose]() }
  }

  test('open where they were sealed, in the order asked for', async () => {
    await using world = await open()
    const [one, two] = [await world.seal('p:1', 'first'), await world.seal('p:2', '')]
    const opened = await world.keys.openMany(world.db.read, [
      { sealed: two, place: 'p:2' },
      { sealed: one, place: 'p:1' },
      { sealed: one, place: 'p:1' },
    ])
    expect(opened.map(text)).toEqual(['', 'first', 'first'])
    expect(await world.keys.openMany(world.db.read, [])).toEqual([])
  })

  test('do not open in the place of another, which is logged and audited', async () => {
    const logged: string[] = []
    await using world = await open({ ...silentLog, error: (fields) => void logged.push(String(fields['place'])) })
    const [one, two] = [await world.seal('p:1', 'first'), await world.seal('p:2', 'second')]
    const asking = { caller: world.stand.root, requestId: 'r', at: 1 }
    for (const sealed of [two, { ...two, dataKeyId: one.dataKeyId }, { ...one, dataKeyId: two.dataKeyId }])
      await expect(world.keys.openMany(world.db.read, [{ sealed, place: 'p:1' }], asking)).rejects.toMatchObject({
        name: 'KeyUnusable',
        reason: 'Altered',
        message: `The stored value cannot be opened with ${world.key.arn}: it was altered.`,
      })
    expect(logged).toEqual(['p:1', 'p:1', 'p:1'])
    const rows = await world.db.read
      .withTables<{ audit_event: { operation: string; result: string } }>()
      .selectFrom('audit_event')
      .select(['operation', 'result'])
      .where('operation', '=', 'Decrypt')
      .execute()
    expect(rows).toEqual(Array(3).fill({ operation: 'Decrypt', result: 'SealBroken' }))
  })

  test('do not open once their data key was swapped, altered or forgotten', async () => {
    await using world = await open()
    const tables = world.db.read.withTables<KeysTables>()
    const [one, two] = [await world.seal('p:1', 'first'), await world.seal('p:2', 'second')]
    const [other] = await tables.selectFrom('keys_data_key').selectAll().where('id', '=', two.dataKeyId).execute()
    await world.db.write(async (tx) => {
      const change = { wrapped: other?.wrapped ?? new Uint8Array() }
      await tx
        .withTables<KeysTables>()
        .updateTable('keys_data_key')
        .set(change)
        .where('id', '=', one.dataKeyId)
        .execute()
    })
    const opening = world.keys.openMany(world.db.read, [{ sealed: one, place: 'p:1' }])
    await expect(opening).rejects.toBeInstanceOf(KeyUnusable)
    await world.db.write((tx) => world.keys.forget(tx, [two.dataKeyId]))
    await expect(world.keys.openMany(world.db.read, [{ sealed: two, place: 'p:2' }])).rejects.toMatchObject({
      reason: 'Absent',
    })
  })

  test('are found by id, alias and the ARNs of both, and by nothing else', async () => {
    await using world = await open()
    const { id, arn } = world.key
    const prefix = 'arn:aws:kms:us-east-1:123456789012:'
    for (const reference of [id, arn, DEFAULT_ALIAS, `${prefix}${DEFAULT_ALIAS}`])
      expect(await world.keys.find(world.db.read, reference)).toEqual({ id, arn, state: 'Enabled' })
    const foreign = arn.replace('123456789012', '210987654321')
    for (const reference of ['', 'alias/', 'alias/other', `${prefix}${id}`, `key/${id}`, foreign, id.toUpperCase()])
      expect(await world.keys.find(world.db.read, reference)).toBeUndefined()
  })

  test('have one default key, however often the store is opened', async () => {
    await using world = await open()
    await Promise.all([world.keys.ready(), createKeys({ ...world, log: silentLog }).ready()])
    const tables = world.db.read.withTables<KeysTables>()
    expect(await tables.selectFrom('keys_key').select('id').execute()).toEqual([{ id: world.key.id }])
  })
})
