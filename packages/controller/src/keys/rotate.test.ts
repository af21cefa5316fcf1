import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { silentLog } from '#kit/logging.ts'
import { DEFAULT_ALIAS } from './index.ts'
import type { KeysTables } from './tables.ts'
import { type KeysStand, openKeys } from './testing/open-keys.ts'

const DAY_MS = 86_400_000

const materials = async ({ db }: KeysStand): Promise<boolean[]> => {
  const rows = await db.read
    .withTables<KeysTables>()
    .selectFrom('keys_version')
    .selectAll()
    .orderBy('version')
    .execute()
  return rows.map(({ material_sealed }) => material_sealed !== null)
}

describeStores('a rotation', (openStore) => {
  test('lets everything open before, between and after the re-wrapping, and then destroys the old version', async () => {
    await using stand = await openKeys(await openStore())
    const key = await stand.key(DEFAULT_ALIAS)
    const places = Array.from({ length: 450 }, (_, index) => `p:${index}`)
    const sealed = await stand.db.write(async (tx) => {
      const all = []
      for (const place of places) all.push(await stand.keys.seal(tx, key, place, Buffer.from(`secret of ${place}`)))
      return all
    })
    const openAll = () => stand.open(...sealed.map((one, index): [typeof one, string] => [one, places[index] ?? '']))
    const secrets = places.map((place) => `secret of ${place}`)

    await stand.call('RotateKeyOnDemand', { KeyId: key.id })
    const describe = async () => (await stand.call('DescribeKey', { KeyId: key.id })).KeyMetadata
    expect(await describe()).toMatchObject({ KeyVersion: 2, SealedValues: 450, ValuesToRewrap: 450 })
    expect(await openAll()).toEqual(secrets)
    const fresh = await stand.seal(key, 'p:new', 'sealed by version 2')

    await stand.call('RotateKeyOnDemand', { KeyId: key.id })
    expect(await materials(stand)).toEqual([true, true, true])
    await stand.sweep()
    expect(await describe()).toMatchObject({ KeyVersion: 3, SealedValues: 451, ValuesToRewrap: 0 })
    expect(await openAll()).toEqual(secrets)
    expect(await stand.open([fresh, 'p:new'])).toEqual(['sealed by version 2'])
    expect(await materials(stand)).toEqual([false, false, true])
    expect((await stand.call('ListKeyRotations', { KeyId: key.id })).Rotations).toMatchObject([
      { KeyId: key.id, RotationType: 'ON_DEMAND' },
      { KeyId: key.id, RotationType: 'ON_DEMAND' },
    ])
  })

  test('goes on past a data key that was altered, tells of it once, and keeps its version', async () => {
    const logged: unknown[] = []
    const log = { ...silentLog, error: (fields: object) => void logged.push(fields) }
    await using stand = await openKeys(await openStore(), log)
    const key = await stand.key(DEFAULT_ALIAS)
    const [one, two] = [await stand.seal(key, 'p:1', 'first'), await stand.seal(key, 'p:2', 'second')]
    await stand.db.write(async (tx) => {
      const own = tx.withTables<KeysTables>().updateTable('keys_data_key').where('id', '=', one.dataKeyId)
      await own.set({ wrapped: new Uint8Array(61) }).execute()
    })
    await stand.call('RotateKeyOnDemand', { KeyId: key.id })
    await stand.sweep()
    await stand.sweep()
    expect(logged).toEqual([{ keyId: key.id, version: 1, dataKeyIds: [one.dataKeyId] }])
    expect(await stand.open([two, 'p:2'])).toEqual(['second'])
    expect(await materials(stand)).toEqual([true, true])
  })

  test('of its own comes by age where that is wanted', async () => {
    await using stand = await openKeys(await openStore())
    const { id: KeyId } = await stand.key(DEFAULT_ALIAS)
    const status = () => stand.call('GetKeyRotationStatus', { KeyId })
    expect(await status()).toEqual({ KeyId, KeyRotationEnabled: false })
    await stand.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 })
    const first = stand.clock.now() / 1000 + 90 * 86_400
    expect(await status()).toEqual({
      ...{ KeyId, KeyRotationEnabled: true, RotationPeriodInDays: 90, NextRotationDate: first },
    })
    stand.clock.advance(90 * DAY_MS - 1)
    await stand.sweep()
    expect(await status()).toMatchObject({ NextRotationDate: first })
    stand.clock.advance(1)
    await stand.sweep()
    expect(await status()).toMatchObject({ NextRotationDate: first + 90 * 86_400 })
    expect((await stand.call('ListKeyRotations', { KeyId })).Rotations).toMatchObject([{ RotationType: 'AUTOMATIC' }])
    await stand.call('DisableKeyRotation', { KeyId })
    stand.clock.advance(365 * DAY_MS)
    await stand.sweep()
    expect((await stand.call('DescribeKey', { KeyId })).KeyMetadata).toMatchObject({ KeyVersion: 2 })
  })

  test('is refused for a key that is disabled', async () => {
    await using stand = await openKeys(await openStore())
    const { id: KeyId, arn } = await stand.key(DEFAULT_ALIAS)
    await stand.call('DisableKey', { KeyId })
    expect(await stand.refused('RotateKeyOnDemand', { KeyId })).toEqual({
      ...{ code: 'DisabledException', text: `${arn} is disabled.` },
    })
  })
})
