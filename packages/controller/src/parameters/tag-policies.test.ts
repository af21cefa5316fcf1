import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { userWhoMay } from '#tags/testing/policies.ts'
import { openParameters } from './testing/open-parameters.ts'

const ENV = [{ Key: 'env', Value: 'dev' }]
const PROD = [{ Key: 'env', Value: 'prod' }]
const put = (Name: string, Tags?: typeof ENV) => ({ Name, Value: 'x', Type: 'String' as const, ...(Tags && { Tags }) })
const on = (ResourceId: string) => ({ ResourceType: 'Parameter' as const, ResourceId })
const DENIED = { code: 'AccessDeniedException' }

describeStores('policies on tags', (openStore) => {
  test('let someone make only what carries the tag that they say', async () => {
    await using stand = await openParameters(await openStore())
    const only = { StringEquals: { 'aws:RequestTag/env': 'dev' } }
    const user = await userWhoMay(stand, { Action: ['ssm:PutParameter', 'ssm:AddTagsToResource'], Condition: only })
    for (const input of [put('/a'), put('/a', PROD)])
      expect(await stand.refused('PutParameter', input, user)).toMatchObject(DENIED)
    await stand.call('PutParameter', put('/a', ENV), user)
    expect(await stand.refused('AddTagsToResource', { ...on('/a'), Tags: PROD }, user)).toMatchObject(DENIED)
    await stand.call('AddTagsToResource', { ...on('/a'), Tags: ENV }, user)
  })

  test('let someone give and take only the keys that they name', async () => {
    await using stand = await openParameters(await openStore())
    await stand.call('PutParameter', put('/a'))
    const keys = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['env', 'team'] } }
    const actions = ['ssm:AddTagsToResource', 'ssm:RemoveTagsFromResource']
    const user = await userWhoMay(stand, { Action: actions, Condition: keys })
    const both = [...ENV, { Key: 'owner', Value: 'me' }]
    expect(await stand.refused('AddTagsToResource', { ...on('/a'), Tags: both }, user)).toMatchObject(DENIED)
    await stand.call('AddTagsToResource', { ...on('/a'), Tags: ENV }, user)
    const taking = (...TagKeys: string[]) => ({ ...on('/a'), TagKeys })
    expect(await stand.refused('RemoveTagsFromResource', taking('env', 'owner'), user)).toMatchObject(DENIED)
    await stand.call('RemoveTagsFromResource', taking('env', 'team'), user)
    expect(await stand.call('ListTagsForResource', on('/a'))).toEqual({ TagList: [] })
  })

  test.each(['aws:ResourceTag', 'ssm:resourceTag'])('let someone use what carries a tag: %s', async (prefix) => {
    await using stand = await openParameters(await openStore())
    await stand.call('PutParameter', put('/dev', ENV))
    await stand.call('PutParameter', put('/prod', PROD))
    const Condition = { StringEquals: { [`${prefix}/env`]: 'dev' } }
    const user = await userWhoMay(stand, { Action: ['ssm:GetParameter', 'ssm:ListTagsForResource'], Condition })
    expect((await stand.call('GetParameter', { Name: '/dev' }, user)).Parameter).toMatchObject({ Value: 'x' })
    expect(await stand.call('ListTagsForResource', on('/dev'), user)).toEqual({ TagList: ENV })
    for (const Name of ['/prod', '/none'])
      expect(await stand.refused('GetParameter', { Name }, user)).toMatchObject(DENIED)
    await stand.call('AddTagsToResource', { ...on('/dev'), Tags: PROD })
    expect(await stand.refused('GetParameter', { Name: '/dev' }, user)).toMatchObject(DENIED)
  })

  test('see the tags of a key where it opens a value', async () => {
    await using stand = await openParameters(await openStore())
    const { KeyMetadata: shop } = await stand.call('CreateKey', { Tags: ENV })
    const { KeyMetadata: other } = await stand.call('CreateKey', {})
    const secret = (Name: string, KeyId = '') => ({ Name, Value: 'secret', Type: 'SecureString' as const, KeyId })
    await stand.call('PutParameter', secret('/shop', shop?.KeyId))
    await stand.call('PutParameter', secret('/other', other?.KeyId))
    const Condition = { StringEquals: { 'aws:ResourceTag/env': 'dev' } }
    const user = await userWhoMay(stand, { Action: 'ssm:GetParameter' }, { Action: 'kms:Decrypt', Condition })
    const read = (Name: string) => ({ Name, WithDecryption: true })
    expect((await stand.call('GetParameter', read('/shop'), user)).Parameter).toMatchObject({ Value: 'secret' })
    expect(await stand.refused('GetParameter', read('/other'), user)).toMatchObject(DENIED)
  })

  test('hold for aliases too: what counts is the key behind them', async () => {
    await using stand = await openParameters(await openStore())
    const { KeyMetadata: key } = await stand.call('CreateKey', {})
    const [KeyId, Resource] = [key?.KeyId ?? '', key?.Arn ?? '']
    await stand.call('CreateAlias', { AliasName: 'alias/shop', TargetKeyId: KeyId })
    const user = await userWhoMay(stand, { Action: 'kms:*', Resource })
    expect((await stand.call('DescribeKey', { KeyId: 'alias/shop' }, user)).KeyMetadata).toMatchObject({ KeyId })
    for (const reference of ['alias/aws/ssm', 'alias/none'])
      expect(await stand.refused('DescribeKey', { KeyId: reference }, user)).toMatchObject(DENIED)
    expect(await stand.refused('DeleteAlias', { AliasName: 'alias/shop' }, user)).toMatchObject(DENIED)
    const alias = { Action: 'kms:*Alias', Resource: Resource.replace(/key\/.*/, 'alias/shop') }
    const mover = await userWhoMay(stand, alias, { Action: 'kms:UpdateAlias', Resource })
    const other = (await stand.call('CreateKey', {})).KeyMetadata?.KeyId ?? ''
    const move = { AliasName: 'alias/shop', TargetKeyId: other }
    expect(await stand.refused('UpdateAlias', move, mover)).toMatchObject(DENIED)
    await stand.call('UpdateAlias', { ...move, TargetKeyId: KeyId }, mover)
  })

  test('are asked about the tags of a new key', async () => {
    await using stand = await openParameters(await openStore())
    const user = await userWhoMay(stand, { Action: 'kms:CreateKey' })
    await stand.call('CreateKey', {}, user)
    expect(await stand.refused('CreateKey', { Tags: ENV }, user)).toMatchObject(DENIED)
    expect((await stand.call('ListKeys', {})).Keys).toHaveLength(2)
  })
})
