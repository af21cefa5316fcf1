import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { openStand, pages } from '#tags/testing/stand.ts'
import { MAX_GROUPS, parseQuery } from './group.ts'
import { createGroups } from './index.ts'
import type { GroupTables } from './tables.ts'

const TYPES = ['AWS::SSM::ManagedInstance']
const aQuery = (filters: unknown, types: unknown = TYPES) => ({
  Type: 'TAG_FILTERS_1_0' as const,
  Query: JSON.stringify({ ResourceTypeFilters: types, TagFilters: filters }),
})
const WEB = aQuery([{ Key: 'role', Values: ['web', 'db'] }])
const NODES = aQuery([{ Key: 'env' }])
const ARN = 'arn:aws:resource-groups:us-east-1:123456789012:group/web'

test('a query is the AND of its keys and the OR of their values', () => {
  const filters = [{ Key: 'env', Values: ['prod', 'test'] }, { Key: 'role', Values: [] }, { Key: 'rack' }]
  const { Query } = aQuery(filters, ['AWS::AllSupported'])
  const conditions = [{ keys: ['env'], values: ['prod', 'test'] }, { keys: ['role'] }, { keys: ['rack'] }]
  expect(parseQuery(Query)).toEqual({ ok: true, query: { conditions } })
})

test.each([
  ['nothing that is JSON', '{', 'must be the JSON text of an object'],
  ['a list', '[]', 'must be the JSON text of an object'],
  ['null', 'null', 'must be the JSON text of an object'],
  ['no types', aQuery([{ Key: 'a' }], []).Query, 'ResourceTypeFilters must be a list of types'],
  ['types that are no texts', aQuery([{ Key: 'a' }], [1]).Query, 'ResourceTypeFilters must be a list of types'],
  ['a type that Muster has not', aQuery([{ Key: 'a' }], ['AWS::EC2::Instance']).Query, 'no resources of type'],
  ['no tag filter', aQuery([]).Query, 'no filter never means every node'],
  ['tag filters that are no list', aQuery({}).Query, 'no filter never means every node'],
  ['a filter without a key', aQuery([{ Values: ['a'] }]).Query, 'needs a Key of 1 to 128'],
  ['an empty key', aQuery([{ Key: '' }]).Query, 'needs a Key of 1 to 128'],
  ['values that are no list', aQuery([{ Key: 'a', Values: 'b' }]).Query, 'must be a list of texts'],
  ['a value that is too long', aQuery([{ Key: 'a', Values: ['b'.repeat(257)] }]).Query, 'more than 256 characters'],
  ['too many values', aQuery([{ Key: 'a', Values: Array(21).fill('b') }]).Query, 'more than 20 values'],
  ['too many filters', aQuery(Array(51).fill({ Key: 'a' })).Query, 'more than 50 filters'],
  ['a key twice', aQuery([{ Key: 'a' }, { Key: 'a' }]).Query, 'has the key a twice'],
  ['a strange member', JSON.stringify({ ResourceTypeFilters: TYPES, Tags: [] }), 'unknown member Tags'],
  ['a strange member of a filter', aQuery([{ Key: 'a', Value: 'b' }]).Query, 'unknown member Value'],
])('a query of %s is refused', (_what, text, problem) => {
  const parsed = parseQuery(text)
  expect(parsed.ok ? '' : parsed.problem).toContain(problem)
})

describeStores('groups', (openStore) => {
  const open = async () => openStand(await openStore(), ({ home, sealer }) => createGroups({ home, sealer }).operations)

  test('are made, shown by name or ARN, changed and removed', async () => {
    await using stand = await open()
    const made = await stand.call('CreateGroup', { Name: 'web', Description: 'all of them', ResourceQuery: WEB })
    const Group = { GroupArn: ARN, Name: 'web', Description: 'all of them' }
    expect(made).toEqual({ Group, ResourceQuery: WEB })
    expect(await stand.call('GetGroup', { Group: 'web' })).toEqual(made)
    expect(await stand.call('GetGroup', { Group: ARN })).toEqual(made)

    await stand.call('UpdateGroup', { Group: 'web', ResourceQuery: NODES })
    expect(await stand.call('GetGroup', { Group: 'web' })).toEqual({ Group, ResourceQuery: NODES })
    await stand.call('UpdateGroup', { Group: ARN, Description: 'others' })
    const changed = { Group: { ...Group, Description: 'others' }, ResourceQuery: NODES }
    expect(await stand.call('GetGroup', { Group: 'web' })).toEqual(changed)
    expect(await stand.call('UpdateGroup', { Group: 'web' })).toEqual(changed)

    expect(await stand.call('DeleteGroup', { Group: 'web' })).toEqual({ Group: changed.Group })
    expect(await stand.call('ListGroups', {})).toEqual({ GroupIdentifiers: [] })
  })

  test('that are not there are said to be so', async () => {
    await using stand = await open()
    for (const name of ['GetGroup', 'UpdateGroup', 'DeleteGroup'] as const)
      expect(await stand.refused(name, { Group: 'web' })).toEqual({
        ...{ code: 'NotFoundException', text: 'There is no group web.' },
      })
    const foreign = ARN.replace('123456789012', '210987654321')
    expect(await stand.refused('GetGroup', { Group: foreign })).toMatchObject({ code: 'NotFoundException' })
  })

  test('of bad names, queries and descriptions are refused and change nothing', async () => {
    await using stand = await open()
    await stand.call('CreateGroup', { Name: 'web', ResourceQuery: WEB })
    const refusals: readonly [object, string][] = [
      [{ Name: 'web', ResourceQuery: NODES }, 'There is a group web already.'],
      [{ Name: 'AWS-web', ResourceQuery: WEB }, 'Names of groups that begin with aws are reserved.'],
      [
        { Name: 'x', ResourceQuery: { Type: 'TAG_FILTERS_1_0', Query: 'x' } },
        'Query must be the JSON text of an object.',
      ],
      [
        { Name: 'x', ResourceQuery: { Type: 'CLOUDFORMATION_STACK_1_0', Query: '{}' } },
        'Queries of type CLOUDFORMATION_STACK_1_0 are not supported: use TAG_FILTERS_1_0.',
      ],
    ]
    for (const [input, text] of refusals)
      expect(await stand.refused('CreateGroup', input)).toEqual({ code: 'BadRequestException', text })
    for (const input of [
      { Name: 'no blanks', ResourceQuery: WEB },
      { Name: 'x'.repeat(301), ResourceQuery: WEB },
      { Name: 'x', Description: '<b>', ResourceQuery: WEB },
      { Name: 'x', ResourceQuery: { Type: 'OTHER', Query: '{}' } },
      { Name: 'x' },
    ])
      expect(await stand.refused('CreateGroup', input)).toMatchObject({ code: 'ValidationException' })
    expect(await stand.refused('UpdateGroup', { Group: 'web', ResourceQuery: aQuery([]) })).toMatchObject({
      code: 'BadRequestException',
    })
    expect(await stand.call('GetGroup', { Group: 'web' })).toMatchObject({ ResourceQuery: WEB })
    expect((await stand.call('ListGroups', {})).GroupIdentifiers).toEqual([{ GroupName: 'web', GroupArn: ARN }])
  })

  test('are listed by name, page by page, and a token is of one list', async () => {
    await using stand = await open()
    const names = ['b', 'A', 'c', 'a', 'B']
    for (const Name of names) await stand.call('CreateGroup', { Name, ResourceQuery: WEB })
    const listed = await pages(async (NextToken) => {
      const page = await stand.call('ListGroups', { MaxResults: 2, ...(NextToken && { NextToken }) })
      return { items: page.GroupIdentifiers.map(({ GroupName }) => GroupName), token: page.NextToken }
    }, 2)
    expect(listed).toEqual(['A', 'B', 'a', 'b', 'c'])
    expect(await stand.refused('ListGroups', { NextToken: 'garbage' })).toMatchObject({ code: 'BadRequestException' })
  })

  test('are at most a thousand', async () => {
    await using stand = await open()
    const rows = Array.from({ length: MAX_GROUPS }, (_, index) => ({
      ...{ name: `g${index}`, description: '', query: WEB.Query, created_at: 0, created_by: '' },
    }))
    await stand.db.write(async (tx) => {
      for (let at = 0; at < rows.length; at += 100)
        await tx
          .withTables<GroupTables>()
          .insertInto('resource_group')
          .values(rows.slice(at, at + 100))
          .execute()
    })
    expect(await stand.refused('CreateGroup', { Name: 'x', ResourceQuery: WEB })).toEqual({
      ...{ code: 'BadRequestException', text: 'There are at most 1000 groups.' },
    })
    await stand.call('DeleteGroup', { Group: 'g7' })
    await stand.call('CreateGroup', { Name: 'x', ResourceQuery: WEB })
  })
})
