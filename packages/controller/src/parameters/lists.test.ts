import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { pages } from '#tags/testing/stand.ts'
import { openParameters, type ParametersStand } from './testing/open-parameters.ts'

const NAMES = ['top', '/a', '/a/b', '/a/b/c', '/a/b/d', '/a-b', '/a/x', '/z/Secret', '/a.b/c']

interface Given {
  readonly Key: string
  readonly Option?: string
  readonly Values?: string[]
}

async function fill(stand: ParametersStand): Promise<void> {
  for (const Name of NAMES) {
    const Type = Name === '/z/Secret' ? 'SecureString' : Name === 'top' ? 'StringList' : 'String'
    const Tags = Name.startsWith('/a/b') ? [{ Key: 'env', Value: Name === '/a/b' ? 'prod' : 'test-1' }] : []
    await stand.call('PutParameter', { Name, Value: 'v', Type, Tier: Name === '/a' ? 'Advanced' : 'Standard', Tags })
  }
}

const described = async (stand: ParametersStand, ...ParameterFilters: Given[]) =>
  ((await stand.call('DescribeParameters', { ParameterFilters })).Parameters ?? []).map(({ Name }) => Name)

const byPath = async (
  stand: ParametersStand,
  Path: string,
  more: { Recursive?: boolean; ParameterFilters?: Given[] },
) => ((await stand.call('GetParametersByPath', { Path, ...more })).Parameters ?? []).map(({ Name }) => Name)

describeStores('lists of parameters', (openStore) => {
  const open = async () => {
    const stand = await openParameters(await openStore())
    await fill(stand)
    return stand
  }

  test('of a path have what stands directly in it, or all below it, and never a neighbour', async () => {
    await using stand = await open()
    expect(await byPath(stand, '/a', {})).toEqual(['/a/b', '/a/x'])
    expect(await byPath(stand, '/a/', { Recursive: true })).toEqual(['/a/b', '/a/b/c', '/a/b/d', '/a/x'])
    expect(await byPath(stand, '/', {})).toEqual(['/a', '/a-b', 'top'])
    expect(await byPath(stand, '/', { Recursive: true })).toHaveLength(NAMES.length)
    expect(await byPath(stand, '/nothing', { Recursive: true })).toEqual([])
    for (const Path of ['a', '', '/a b', '//', '/a:1'])
      expect(await stand.refused('GetParametersByPath', { Path })).toMatchObject({ code: 'ValidationException' })
  })

  test('of a path go on page by page, and a token is of one list', async () => {
    await using stand = await open()
    const read = async (NextToken: string | undefined) => {
      const input = { Path: '/', Recursive: true, MaxResults: 2, ...(NextToken && { NextToken }) }
      const page = await stand.call('GetParametersByPath', input)
      return { items: (page.Parameters ?? []).map(({ Name }) => Name), token: page.NextToken }
    }
    const all = await pages(read, 2)
    expect(all).toEqual(['/a', '/a-b', '/a.b/c', '/a/b', '/a/b/c', '/a/b/d', '/a/x', 'top', '/z/Secret'])
    const { token: NextToken = '' } = await read(undefined)
    for (const other of [
      { Path: '/a', Recursive: true },
      { Path: '/', Recursive: false },
    ])
      expect(await stand.refused('GetParametersByPath', { ...other, NextToken })).toMatchObject({
        ...{ code: 'InvalidNextToken' },
      })
  })

  test('of a path are narrowed by type, key and label', async () => {
    await using stand = await open()
    const within = (filter: Given) => byPath(stand, '/', { Recursive: true, ParameterFilters: [filter] })
    expect(await within({ Key: 'Type', Values: ['SecureString'] })).toEqual(['/z/Secret'])
    expect(await within({ Key: 'Type', Option: 'BeginsWith', Values: ['StringL', 'Sec'] })).toEqual([
      'top',
      '/z/Secret',
    ])
    expect(await within({ Key: 'KeyId', Values: ['alias/aws/ssm'] })).toEqual(['/z/Secret'])
    await stand.call('LabelParameterVersion', { Name: '/a/b', Labels: ['live'] })
    await stand.call('PutParameter', { Name: '/a/b', Value: 'newer', Overwrite: true })
    const ParameterFilters = [{ Key: 'Label', Option: 'Equals', Values: ['live'] }]
    const { Parameters } = await stand.call('GetParametersByPath', { Path: '/a', ParameterFilters })
    expect(Parameters).toMatchObject([{ Name: '/a/b', Version: 1, Value: 'v', Selector: ':live' }])
    expect(
      await stand.refused('GetParametersByPath', { Path: '/', ParameterFilters: [{ Key: 'Tier' }] }),
    ).toMatchObject({
      ...{ code: 'InvalidFilterKey' },
    })
  })

  test.for<[Given[], string[]]>([
    [[{ Key: 'Name', Values: ['/a', 'top', 'a/b'] }], ['/a', '/a/b', 'top']],
    [[{ Key: 'Name', Option: 'BeginsWith', Values: ['/a/b/', 'to'] }], ['/a/b/c', '/a/b/d', 'top']],
    [[{ Key: 'Name', Option: 'Contains', Values: ['-b', 'Sec'] }], ['/a-b', '/z/Secret']],
    [[{ Key: 'Path', Values: ['/a'] }], ['/a/b', '/a/x']],
    [[{ Key: 'Path', Option: 'Recursive', Values: ['/a/b', '/z'] }], ['/a/b/c', '/a/b/d', '/z/Secret']],
    [[{ Key: 'Type', Values: ['StringList', 'SecureString'] }], ['top', '/z/Secret']],
    [[{ Key: 'Tier', Values: ['Advanced'] }], ['/a']],
    [[{ Key: 'DataType', Values: ['aws:ec2:image'] }], []],
    [[{ Key: 'KeyId', Option: 'BeginsWith', Values: ['alias/'] }], ['/z/Secret']],
    [[{ Key: 'tag:env' }], ['/a/b', '/a/b/c', '/a/b/d']],
    [[{ Key: 'tag:env', Values: ['prod'] }], ['/a/b']],
    [[{ Key: 'tag:env', Option: 'BeginsWith', Values: ['test'] }], ['/a/b/c', '/a/b/d']],
    [
      [
        { Key: 'tag:env' },
        { Key: 'Name', Option: 'BeginsWith', Values: ['/a/b/'] },
        { Key: 'Path', Option: 'Recursive', Values: ['/'] },
      ],
      ['/a/b/c', '/a/b/d'],
    ],
  ])('are narrowed by %j', async ([filters, names]) => {
    await using stand = await open()
    expect(await described(stand, ...filters)).toEqual(names)
  })

  test.for<[Given[], string]>([
    [[{ Key: 'Label', Values: ['x'] }], 'InvalidFilterKey'],
    [
      [
        { Key: 'Name', Values: ['x'] },
        { Key: 'Name', Values: ['y'] },
      ],
      'InvalidFilterKey',
    ],
    [[{ Key: 'Name' }], 'InvalidFilterValue'],
    [[{ Key: 'Type', Values: ['Text'] }], 'InvalidFilterValue'],
    [[{ Key: 'Name', Option: 'EndsWith', Values: ['x'] }], 'InvalidFilterOption'],
    [[{ Key: 'Type', Option: 'Contains', Values: ['String'] }], 'InvalidFilterOption'],
    [[{ Key: 'Path', Option: 'Equals', Values: ['/'] }], 'InvalidFilterOption'],
    [[{ Key: 'Path', Values: ['a'] }], 'ValidationException'],
  ])('refuse the filters %j', async ([ParameterFilters, code]) => {
    await using stand = await openParameters(await openStore())
    expect(await stand.refused('DescribeParameters', { ParameterFilters })).toMatchObject({ code })
  })

  test('take the older form of filters, and never both', async () => {
    await using stand = await open()
    const Filters = [{ Key: 'Type' as const, Values: ['SecureString'] }]
    const { Parameters = [] } = await stand.call('DescribeParameters', { Filters })
    expect(Parameters.map(({ Name, KeyId }) => [Name, KeyId])).toEqual([['/z/Secret', 'alias/aws/ssm']])
    const both = { Filters, ParameterFilters: [{ Key: 'Name', Values: ['x'] }] }
    expect(await stand.refused('DescribeParameters', both)).toEqual({
      code: 'ValidationException',
      text: 'You can use either Filters or ParameterFilters in a single request.',
    })
    expect(await stand.call('DescribeParameters', { Shared: true })).toEqual({ Parameters: [] })
  })

  test('of a path are for who may read that path, and say so for all of it', async () => {
    await using stand = await open()
    const resource = 'arn:aws:ssm:us-east-1:123456789012:parameter/a'
    const allowed = { Effect: 'Allow', Action: 'ssm:GetParametersByPath', Resource: resource }
    const denied = { Effect: 'Deny', Action: 'ssm:GetParametersByPath', Resource: `${resource}/b` }
    const reader = await stand.userWith(allowed, denied)
    const Path = '/a'
    const { Parameters } = await stand.call('GetParametersByPath', { Path, Recursive: true }, reader)
    expect(Parameters).toHaveLength(4)
    expect(await stand.refused('GetParametersByPath', { Path: '/a/b' }, reader)).toMatchObject({
      ...{ code: 'AccessDeniedException' },
    })
    const flat = await stand.userWith({ ...allowed, Condition: { StringEquals: { 'ssm:Recursive': 'false' } } })
    expect((await stand.call('GetParametersByPath', { Path }, flat)).Parameters).toHaveLength(2)
    expect(await stand.refused('GetParametersByPath', { Path, Recursive: true }, flat)).toMatchObject({
      ...{ code: 'AccessDeniedException' },
    })
  })

  test('and everything else answers by policy: overwriting, policies and tags are conditions', async () => {
    await using stand = await open()
    const when = (Condition: object) => ({ Effect: 'Allow', Action: 'ssm:PutParameter', Resource: '*', Condition })
    const maker = await stand.userWith(when({ StringEquals: { 'ssm:Overwrite': 'false' } }))
    const put = { Name: 'own', Value: 'x', Type: 'String' as const }
    await stand.call('PutParameter', put, maker)
    const denied = { code: 'AccessDeniedException' }
    expect(await stand.refused('PutParameter', { ...put, Overwrite: true }, maker)).toMatchObject(denied)
    expect(
      await stand.refused('PutParameter', { ...put, Name: 'other', Tags: [{ Key: 'a', Value: 'b' }] }, maker),
    ).toMatchObject(denied)
    const plain = await stand.userWith(when({ StringEquals: { 'ssm:Policies': 'false' } }))
    expect(await stand.refused('PutParameter', { ...put, Overwrite: true, Policies: '[]' }, plain)).toMatchObject(
      denied,
    )
    const tagged = { StringEquals: { 'aws:ResourceTag/env': 'prod' } }
    const reader = await stand.userWith({
      Effect: 'Allow',
      Action: 'ssm:GetParameter*',
      Resource: '*',
      Condition: tagged,
    })
    expect(await stand.call('GetParameter', { Name: '/a/b' }, reader)).toMatchObject({ Parameter: { Name: '/a/b' } })
    expect(await stand.refused('GetParameter', { Name: '/a/b/c' }, reader)).toMatchObject(denied)
    expect(await stand.refused('GetParameters', { Names: ['/a/b', '/a/b/c'] }, reader)).toMatchObject(denied)
  })
})
