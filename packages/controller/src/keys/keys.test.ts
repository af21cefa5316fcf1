import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import type { Caller } from '#kit/identity.ts'
import { pages } from '#tags/testing/stand.ts'
import { DEFAULT_ALIAS } from './index.ts'
import { type KeysStand, openKeys } from './testing/open-keys.ts'

const DAY_MS = 86_400_000
const ARN = /^arn:aws:kms:us-east-1:123456789012:key\/[0-9a-f-]{36}$/
const NOBODY = '00000000-0000-4000-8000-000000000000'

const made = async (stand: KeysStand): Promise<string> => (await stand.call('CreateKey', {})).KeyMetadata?.KeyId ?? ''

describeStores('keys', (openStore) => {
  test('are made, shown by id, ARN and alias, and described', async () => {
    await using stand = await openKeys(await openStore())
    const { KeyMetadata: shown } = await stand.call('CreateKey', { Description: 'of the shop' })
    expect(shown).toMatchObject({
      ...{ AWSAccountId: '123456789012', Arn: expect.stringMatching(ARN), Description: 'of the shop', Enabled: true },
      ...{ KeyState: 'Enabled', KeyManager: 'CUSTOMER', KeyUsage: 'ENCRYPT_DECRYPT', KeySpec: 'SYMMETRIC_DEFAULT' },
      ...{ KeyVersion: 1, SealedValues: 0, ValuesToRewrap: 0 },
    })
    const KeyId = shown?.KeyId ?? ''
    await stand.call('UpdateKeyDescription', { KeyId: shown?.Arn ?? '', Description: 'of the other shop' })
    await stand.call('CreateAlias', { AliasName: 'alias/shop', TargetKeyId: KeyId })
    for (const reference of [KeyId, shown?.Arn ?? '', 'alias/shop', 'arn:aws:kms:us-east-1:123456789012:alias/shop'])
      expect((await stand.call('DescribeKey', { KeyId: reference })).KeyMetadata).toEqual({
        ...{ ...shown, Description: 'of the other shop' },
      })
    expect((await stand.call('DescribeKey', { KeyId: DEFAULT_ALIAS })).KeyMetadata).toMatchObject({ KeyManager: 'AWS' })
  })

  test('that are not there are told with the text of KMS', async () => {
    await using stand = await openKeys(await openStore())
    const code = 'NotFoundException'
    const prefix = 'arn:aws:kms:us-east-1:123456789012:'
    const absent = { code, text: `Key '${prefix}key/${NOBODY}' does not exist` }
    const named = [
      ...(['DescribeKey', 'EnableKey', 'DisableKey', 'ScheduleKeyDeletion', 'CancelKeyDeletion'] as const),
      ...(['RotateKeyOnDemand', 'ListKeyRotations', 'GetKeyRotationStatus', 'EnableKeyRotation'] as const),
      ...(['DisableKeyRotation', 'ListResourceTags', 'ListAliases'] as const),
    ]
    for (const name of named) expect(await stand.refused(name, { KeyId: NOBODY })).toEqual(absent)
    expect(await stand.refused('EnableKey', { KeyId: DEFAULT_ALIAS })).toEqual({
      ...{ code, text: `Invalid keyId '${DEFAULT_ALIAS}'` },
    })
    expect(await stand.refused('DescribeKey', { KeyId: 'alias/x' })).toEqual({
      ...{ code, text: `Alias ${prefix}alias/x is not found.` },
    })
  })

  test('are listed page by page, and so are their aliases; a marker is of one list', async () => {
    await using stand = await openKeys(await openStore())
    const ids = [await made(stand), await made(stand), (await stand.key(DEFAULT_ALIAS)).id].sort()
    const listed = await pages(async (Marker) => {
      const page = await stand.call('ListKeys', { Limit: 2, ...(Marker && { Marker }) })
      expect(page.Truncated).toBe(page.NextMarker !== undefined)
      return { items: (page.Keys ?? []).map(({ KeyId }) => KeyId), token: page.NextMarker }
    }, 2)
    expect(listed).toEqual(ids)
    const [KeyId = ''] = ids
    for (const name of ['b', 'a', 'c'])
      await stand.call('CreateAlias', { AliasName: `alias/${name}`, TargetKeyId: KeyId })
    const aliases = await pages(async (Marker) => {
      const page = await stand.call('ListAliases', { Limit: 1, ...(Marker && { Marker }) })
      return { items: (page.Aliases ?? []).map(({ AliasName }) => AliasName), token: page.NextMarker }
    }, 1)
    expect(aliases).toEqual(['alias/a', 'alias/aws/ssm', 'alias/b', 'alias/c'])
    const { NextMarker } = await stand.call('ListKeys', { Limit: 1 })
    for (const Marker of ['garbage', NextMarker])
      expect(await stand.refused('ListAliases', { Marker })).toEqual({
        ...{ code: 'InvalidMarkerException', text: 'The marker does not continue this list.' },
      })
  })

  test('have aliases that move to another key and go; names that are reserved or wrong are refused', async () => {
    await using stand = await openKeys(await openStore())
    const [one, two] = [await made(stand), await made(stand)]
    await stand.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: one })
    expect(await stand.refused('CreateAlias', { AliasName: 'alias/a', TargetKeyId: two })).toEqual({
      code: 'AlreadyExistsException',
      text: 'An alias with the name arn:aws:kms:us-east-1:123456789012:alias/a already exists',
    })
    await stand.call('UpdateAlias', { AliasName: 'alias/a', TargetKeyId: two })
    expect((await stand.key('alias/a')).id).toBe(two)
    for (const AliasName of ['a', 'alias/', DEFAULT_ALIAS, 'alias/aws/other'])
      for (const name of ['CreateAlias', 'UpdateAlias', 'DeleteAlias'] as const)
        expect(await stand.refused(name, { AliasName, TargetKeyId: one })).toMatchObject({
          code: 'InvalidAliasNameException',
        })
    await stand.call('DeleteAlias', { AliasName: 'alias/a' })
    expect(await stand.refused('DeleteAlias', { AliasName: 'alias/a' })).toMatchObject({ code: 'NotFoundException' })
    for (let index = 0; index < 50; index++)
      await stand.call('CreateAlias', { AliasName: `alias/n${index}`, TargetKeyId: one })
    const many = await stand.refused('CreateAlias', { AliasName: 'alias/a', TargetKeyId: one })
    expect(many.code).toBe('LimitExceededException')
  })

  test('that still seal values are deleted only by force, after their time, and then nothing opens', async () => {
    await using stand = await openKeys(await openStore())
    const KeyId = await made(stand)
    const key = await stand.key(KeyId)
    const sealed = await stand.seal(key, 'p:1', 'first')
    await stand.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId })
    expect(await stand.refused('ScheduleKeyDeletion', { KeyId })).toEqual({
      code: 'KMSInvalidStateException',
      text: `${key.arn} seals 1 value that would be lost with it. Write them with another key, or set Force.`,
    })
    const planned = await stand.call('ScheduleKeyDeletion', { KeyId, Force: true, PendingWindowInDays: 7 })
    expect(planned).toMatchObject({ KeyState: 'PendingDeletion', DeletionDate: stand.clock.now() / 1000 + 7 * 86_400 })
    stand.clock.advance(7 * DAY_MS - 1)
    await stand.sweep()
    await stand.call('CancelKeyDeletion', { KeyId })
    await stand.call('EnableKey', { KeyId })
    expect(await stand.open([sealed, 'p:1'])).toEqual(['first'])
    await stand.call('ScheduleKeyDeletion', { KeyId, Force: true, PendingWindowInDays: 7 })
    stand.clock.advance(7 * DAY_MS)
    await stand.sweep()
    expect(await stand.keys.find(stand.db.read, KeyId)).toBeUndefined()
    expect(await stand.keys.find(stand.db.read, 'alias/a')).toBeUndefined()
    await expect(stand.open([sealed, 'p:1'])).rejects.toMatchObject({ reason: 'Absent' })
  })

  test('change nothing while they wait for their deletion, and the default key never is deleted', async () => {
    await using stand = await openKeys(await openStore())
    const KeyId = await made(stand)
    const { arn } = await stand.key(KeyId)
    expect(await stand.refused('CancelKeyDeletion', { KeyId })).toEqual({
      ...{ code: 'KMSInvalidStateException', text: `${arn} is not pending deletion.` },
    })
    await stand.call('ScheduleKeyDeletion', { KeyId })
    const pending = { code: 'KMSInvalidStateException', text: `${arn} is pending deletion.` }
    const inputs = { Description: 'x', Tags: [], TagKeys: [], TargetKeyId: KeyId, AliasName: 'alias/a' }
    const refusing = [
      ...(['EnableKey', 'DisableKey', 'ScheduleKeyDeletion', 'RotateKeyOnDemand', 'EnableKeyRotation'] as const),
      ...(['DisableKeyRotation', 'UpdateKeyDescription', 'TagResource', 'UntagResource', 'CreateAlias'] as const),
    ]
    for (const name of refusing) expect(await stand.refused(name, { KeyId, ...inputs })).toEqual(pending)
    const standing = (await stand.key(DEFAULT_ALIAS)).id
    expect(await stand.refused('ScheduleKeyDeletion', { KeyId: standing, Force: true })).toMatchObject({
      code: 'KMSInvalidStateException',
    })
  })

  test('carry tags, which policies see by their ARN', async () => {
    await using stand = await openKeys(await openStore())
    const Tags = [{ Key: 'team', Value: 'shop' }]
    const { KeyMetadata } = await stand.call('CreateKey', { Tags })
    const [KeyId, arn] = [KeyMetadata?.KeyId ?? '', KeyMetadata?.Arn ?? '']
    await stand.call('TagResource', { KeyId, Tags: [{ Key: 'env', Value: 'dev' }] })
    expect((await stand.call('ListResourceTags', { KeyId })).Tags).toEqual([{ Key: 'env', Value: 'dev' }, ...Tags])
    await stand.call('UntagResource', { KeyId, TagKeys: ['env', 'none'] })
    expect(await stand.tags.ofArns(stand.db.read, [arn])).toEqual(new Map([[arn, [{ key: 'team', value: 'shop' }]]]))
    expect(await stand.refused('TagResource', { KeyId, Tags: [{ Key: 'aws:x', Value: '' }] })).toMatchObject({
      code: 'TagException',
    })
    const many = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: '' }))
    expect(await stand.refused('TagResource', { KeyId, Tags: many })).toMatchObject({ code: 'LimitExceededException' })
    expect(await stand.refused('CreateKey', { Tags: [...many, ...Tags] })).toMatchObject({ code: 'TagException' })
  })

  test('are nothing that a node may look at', async () => {
    await using stand = await openKeys(await openStore())
    const arn = 'arn:aws:sts::123456789012:assumed-role/MusterNode/mi-00000000000000001'
    const node: Caller = { ...stand.root, kind: 'node', id: 'AROA:mi', arn, nodeId: 'mi-00000000000000001' }
    for (const KeyId of [NOBODY, DEFAULT_ALIAS, 'alias/x'])
      expect(await stand.refused('DescribeKey', { KeyId }, node)).toMatchObject({ code: 'AccessDeniedException' })
    expect(await stand.refused('ListKeys', {}, node)).toMatchObject({ code: 'AccessDeniedException' })
  })
})
