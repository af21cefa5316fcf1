import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { START } from '#tags/testing/stand.ts'
import { ARN, openParameters } from './testing/open-parameters.ts'

const SECONDS = START / 1000
const ROOT = 'arn:aws:iam::123456789012:root'

describeStores('parameters', (openStore) => {
  const open = async () => openParameters(await openStore())

  test('are put, read in seven members, and removed', async () => {
    await using stand = await open()
    const put = await stand.call('PutParameter', { Name: '/a/b', Value: 'one', Type: 'String' })
    expect(put).toEqual({ Version: 1, Tier: 'Standard' })
    const Parameter = {
      ...{ Name: '/a/b', Type: 'String', Value: 'one', Version: 1, LastModifiedDate: SECONDS },
      ...{ ARN: `${ARN}/a/b`, DataType: 'text' },
    }
    expect(await stand.call('GetParameter', { Name: '/a/b' })).toEqual({ Parameter })
    expect(await stand.call('GetParameter', { Name: `${ARN}/a/b` })).toEqual({ Parameter })
    expect(await stand.call('DeleteParameter', { Name: '/a/b' })).toEqual({})
    expect(await stand.refused('GetParameter', { Name: '/a/b' })).toEqual({ code: 'ParameterNotFound', text: '' })
  })

  test('are found by version, by label and not by what is not there', async () => {
    await using stand = await open()
    for (const Value of ['one', 'two', 'three'])
      await stand.call('PutParameter', { Name: 'x', Value, Type: 'StringList', Overwrite: true })
    await stand.call('LabelParameterVersion', { Name: 'x', ParameterVersion: 2, Labels: ['prod'] })
    expect(await stand.call('GetParameter', { Name: 'x' })).toMatchObject({ Parameter: { Value: 'three', Version: 3 } })
    for (const Name of ['x:2', 'x:prod', `${ARN}/x:prod`])
      expect(await stand.call('GetParameter', { Name })).toMatchObject({
        Parameter: { Name: 'x', Value: 'two', Version: 2, Selector: Name.slice(Name.lastIndexOf(':')) },
      })
    expect(await stand.refused('GetParameter', { Name: 'x:99' })).toEqual({
      code: 'ParameterVersionNotFound',
      text: 'Systems Manager could not find version 99 of x. Verify the version and try again.',
    })
    expect(await stand.refused('GetParameter', { Name: 'x:test' })).toMatchObject({ code: 'ParameterVersionNotFound' })
    expect(await stand.refused('GetParameter', { Name: '/x' })).toMatchObject({ code: 'ParameterNotFound' })
    const Names = ['x:1', 'y', 'x', 'x:99', 'x:prod', 'x']
    const { Parameters = [], InvalidParameters } = await stand.call('GetParameters', { Names })
    expect(Parameters.map(({ Value, Selector }) => [Value, Selector])).toEqual([
      ['one', ':1'],
      ['three', undefined],
      ['two', ':prod'],
    ])
    expect(InvalidParameters).toEqual(['y', 'x:99'])
  })

  test('of another account are refused in words', async () => {
    await using stand = await open()
    const Name = 'arn:aws:ssm:us-east-1:210987654321:parameter/x'
    const refusal = {
      code: 'ValidationException',
      text: `${Name} is not a parameter of this account and region: Muster shares no parameters between accounts.`,
    }
    expect(await stand.refused('GetParameter', { Name })).toEqual(refusal)
    expect(await stand.refused('GetParameters', { Names: ['x', Name] })).toEqual(refusal)
    expect(await stand.refused('GetParameterHistory', { Name })).toEqual(refusal)
  })

  test('show their history from the oldest, page by page, with labels', async () => {
    await using stand = await open()
    for (const Value of ['one', 'two', 'three'])
      await stand.call('PutParameter', {
        Name: 'x',
        Value,
        Type: 'String',
        Overwrite: true,
        Description: `is ${Value}`,
      })
    await stand.call('LabelParameterVersion', { Name: 'x', ParameterVersion: 1, Labels: ['b', 'a'] })
    const first = await stand.call('GetParameterHistory', { Name: 'x', MaxResults: 2 })
    const common = { ...{ Name: 'x', Type: 'String', LastModifiedDate: SECONDS, LastModifiedUser: ROOT } }
    const rest = { Tier: 'Standard', Policies: [], DataType: 'text' }
    expect(first.Parameters).toEqual([
      { ...common, Description: 'is one', Version: 1, ...rest, Value: 'one', Labels: ['a', 'b'] },
      { ...common, Description: 'is two', Version: 2, ...rest, Value: 'two', Labels: [] },
    ])
    const { NextToken = '' } = first
    const second = await stand.call('GetParameterHistory', { Name: 'x', MaxResults: 2, NextToken })
    expect(second.Parameters?.map(({ Version }) => Version)).toEqual([3])
    expect(second.NextToken).toBeUndefined()
    expect(await stand.refused('GetParameterHistory', { Name: 'y', NextToken })).toMatchObject({
      code: 'InvalidNextToken',
    })
  })

  test('keep what a further version does not say', async () => {
    await using stand = await open()
    const more = { Description: 'a number', AllowedPattern: '\\d+', Tier: 'Advanced' as const }
    await stand.call('PutParameter', { Name: 'x', Value: '1', Type: 'String', ...more })
    await stand.call('PutParameter', { Name: 'x', Value: '2', Overwrite: true })
    expect(await stand.call('DescribeParameters', {})).toEqual({
      Parameters: [
        {
          ...{ Name: 'x', ARN: `${ARN}/x`, Type: 'String', LastModifiedDate: SECONDS, LastModifiedUser: ROOT },
          ...{ ...more, Version: 2, Policies: [], DataType: 'text' },
        },
      ],
    })
    expect(await stand.refused('PutParameter', { Name: 'x', Value: 'three', Overwrite: true })).toEqual({
      code: 'ParameterPatternMismatchException',
      text: 'Parameter value, cannot be validated against allowedPattern: \\d+',
    })
  })

  test('are removed by ten, and what is not there is listed', async () => {
    await using stand = await open()
    for (const Name of ['x', '/y/z']) await stand.call('PutParameter', { Name, Value: '1', Type: 'String' })
    expect(await stand.call('DeleteParameters', { Names: ['x', 'no', '/y/z', 'x'] })).toEqual({
      ...{ DeletedParameters: ['x', '/y/z'], InvalidParameters: ['no'] },
    })
    expect(await stand.call('DescribeParameters', {})).toEqual({ Parameters: [] })
  })

  test('carry tags, which go with them', async () => {
    await using stand = await open()
    const Tags = [{ Key: 'env', Value: 'prod' }]
    const [ResourceType, ResourceId] = ['Parameter' as const, 'x']
    await stand.call('PutParameter', { Name: 'x', Value: '1', Type: 'String', Tags })
    await stand.call('AddTagsToResource', { ResourceType, ResourceId, Tags: [{ Key: 'team', Value: 'a' }] })
    expect(await stand.call('ListTagsForResource', { ResourceType, ResourceId })).toEqual({
      ...{ TagList: [...Tags, { Key: 'team', Value: 'a' }] },
    })
    expect(await stand.tags.ofArns(stand.db.read, [`${ARN}/x`])).toEqual(
      new Map([
        [
          `${ARN}/x`,
          [
            { key: 'env', value: 'prod' },
            { key: 'team', value: 'a' },
          ],
        ],
      ]),
    )
    expect(await stand.refused('ListTagsForResource', { ResourceType, ResourceId: '/x' })).toMatchObject({
      ...{ code: 'InvalidResourceId' },
    })
    await stand.call('RemoveTagsFromResource', { ResourceType, ResourceId, TagKeys: ['team'] })
    await stand.call('DeleteParameter', { Name: 'x' })
    await stand.call('PutParameter', { Name: 'x', Value: '1', Type: 'String' })
    expect(await stand.call('ListTagsForResource', { ResourceType, ResourceId })).toEqual({ TagList: [] })
  })

  test('with and without a slash in front have one ARN, so there is one of them', async () => {
    await using stand = await open()
    await stand.call('PutParameter', { Name: 'x', Value: '1', Type: 'String' })
    const refusal = {
      code: 'ParameterAlreadyExists',
      text: 'The parameter x already exists, and /x would have the same ARN.',
    }
    expect(await stand.refused('PutParameter', { Name: '/x', Value: '1', Type: 'String', Overwrite: true })).toEqual(
      refusal,
    )
    expect(await stand.refused('DeleteParameter', { Name: '/x' })).toMatchObject({ code: 'ParameterNotFound' })
  })

  test('resolve for other slices by version, and never a SecureString', async () => {
    await using stand = await open()
    await stand.call('PutParameter', { Name: 'x', Value: 'one', Type: 'String' })
    await stand.call('PutParameter', { Name: 'x', Value: 'two', Overwrite: true })
    await stand.call('LabelParameterVersion', { Name: 'x', ParameterVersion: 1, Labels: ['old'] })
    await stand.call('PutParameter', { Name: 's', Value: 'hidden', Type: 'SecureString' })
    const one = { ok: true, name: 'x', arn: `${ARN}/x`, type: 'String', version: 1, value: 'one' }
    expect(await stand.parameters.resolve(stand.db.read, ['x', 'x:old', 'x:1', 'x:7', 's', 'no'])).toEqual([
      { ...one, version: 2, value: 'two' },
      one,
      one,
      { ok: false, text: 'Systems Manager could not find version 7 of x. Verify the version and try again.' },
      { ok: false, text: 's is a SecureString: use ssm-secure, where the action allows it.' },
      { ok: false, text: 'There is no parameter no.' },
    ])
    expect(await stand.parameters.exists(stand.db.read, 'x:old')).toBe(true)
    expect(await stand.parameters.exists(stand.db.read, 'x:new')).toBe(false)
  })
})
