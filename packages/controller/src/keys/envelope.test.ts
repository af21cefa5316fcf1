import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { noFailpoint } from '#kit/failpoint.ts'
import { silentLog } from '#kit/logging.ts'
import { createTags } from '#tags/index.ts'
import { createKeys, DEFAULT_ALIAS, KeyUnusable } from './index.ts'
import type { KeysTables } from './tables.ts'
import { openKeys } from './testing/open-keys.ts'

describeStores('sealed values', (openStore) => {
  test('open where they were sealed, in the order asked for', async () => {
    await using stand = await openKeys(await openStore())
    const key = await stand.key(DEFAULT_ALIAS)
    const [one, two] = [await stand.seal(key, 'p:1', 'first'), await stand.seal(key, 'p:2', '')]
    expect(await stand.open([two, 'p:2'], [one, 'p:1'], [one, 'p:1'])).toEqual(['', 'first', 'first'])
    expect(await stand.open()).toEqual([])
  })

  test('do not open in the place of another, which is logged and audited', async () => {
    const logged: string[] = []
    const log = { ...silentLog, error: (fields: { readonly place?: string }) => void logged.push(String(fields.place)) }
    await using stand = await openKeys(await openStore(), log)
    const key = await stand.key(DEFAULT_ALIAS)
    const [one, two] = [await stand.seal(key, 'p:1', 'first'), await stand.seal(key, 'p:2', 'second')]
    const asking = { caller: stand.root, requestId: 'r', at: 1 }
    for (const sealed of [two, { ...two, dataKeyId: one.dataKeyId }, { ...one, dataKeyId: two.dataKeyId }])
      await expect(stand.keys.openMany(stand.db.read, [{ sealed, place: 'p:1' }], asking)).rejects.toMatchObject({
        name: 'KeyUnusable',
        reason: 'Altered',
        message: `The stored value cannot be opened with ${key.arn}: it was altered.`,
      })
    expect(logged).toEqual(['p:1', 'p:1', 'p:1'])
    const rows = await stand.db.read
      .withTables<{ audit_event: { operation: string; result: string } }>()
      .selectFrom('audit_event')
      .select('result')
      .where('operation', '=', 'Decrypt')
      .execute()
    expect(rows).toEqual(Array(3).fill({ result: 'SealBroken' }))
  })

  test('do not open once their data key was swapped or forgotten', async () => {
    await using stand = await openKeys(await openStore())
    const tables = stand.db.read.withTables<KeysTables>()
    const key = await stand.key(DEFAULT_ALIAS)
    const [one, two] = [await stand.seal(key, 'p:1', 'first'), await stand.seal(key, 'p:2', 'second')]
    const [other] = await tables.selectFrom('keys_data_key').selectAll().where('id', '=', two.dataKeyId).execute()
    await stand.db.write(async (tx) => {
      const own = tx.withTables<KeysTables>().updateTable('keys_data_key').where('id', '=', one.dataKeyId)
      await own.set({ wrapped: other?.wrapped ?? new Uint8Array() }).execute()
    })
    await expect(stand.open([one, 'p:1'])).rejects.toBeInstanceOf(KeyUnusable)
    await stand.db.write((tx) => stand.keys.forget(tx, [two.dataKeyId]))
    await expect(stand.open([two, 'p:2'])).rejects.toMatchObject({ reason: 'Absent' })
  })

  test('are under keys found by id, alias and the ARNs of both, and by nothing else', async () => {
    await using stand = await openKeys(await openStore())
    const key = await stand.key(DEFAULT_ALIAS)
    const prefix = 'arn:aws:kms:us-east-1:123456789012:'
    for (const reference of [key.id, key.arn, DEFAULT_ALIAS, `${prefix}${DEFAULT_ALIAS}`])
      expect(await stand.keys.find(stand.db.read, reference)).toEqual(key)
    const foreign = key.arn.replace('123456789012', '210987654321')
    const others = ['', 'alias/', 'alias/other', `${prefix}${key.id}`, `key/${key.id}`, foreign, key.id.toUpperCase()]
    for (const reference of others) expect(await stand.keys.find(stand.db.read, reference)).toBeUndefined()
  })

  test('have one default key, however often the store is opened', async () => {
    await using stand = await openKeys(await openStore())
    const other = createKeys({ ...stand, log: silentLog, failpoint: noFailpoint, tags: createTags(stand) })
    await Promise.all([stand.keys.ready(), other.ready()])
    expect((await stand.call('ListKeys', {})).Keys).toHaveLength(1)
  })

  test('wait while their key is disabled or is to be deleted, and say so', async () => {
    await using stand = await openKeys(await openStore())
    const { KeyMetadata } = await stand.call('CreateKey', {})
    const key = await stand.key(KeyMetadata?.KeyId ?? '')
    const sealed = await stand.seal(key, 'p:1', 'first')
    await stand.call('DisableKey', { KeyId: key.id })
    const disabled = { reason: 'Disabled', message: `${key.arn} is disabled.` }
    await expect(stand.open([sealed, 'p:1'])).rejects.toMatchObject(disabled)
    await expect(stand.seal(key, 'p:1', 'second')).rejects.toMatchObject(disabled)
    await stand.call('EnableKey', { KeyId: key.id })
    expect(await stand.open([sealed, 'p:1'])).toEqual(['first'])
    await stand.call('ScheduleKeyDeletion', { KeyId: key.id, Force: true })
    await expect(stand.open([sealed, 'p:1'])).rejects.toMatchObject({ reason: 'PendingDeletion' })
  })
})
