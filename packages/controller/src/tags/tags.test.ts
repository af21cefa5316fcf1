import { describe, expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { createTags } from './index.ts'
import { findKeyProblem, findTagsProblem } from './tag.ts'
import { openStand, type Parts } from './testing/stand.ts'

const ID = 'mi-0123456789abcdef0'

/** Makes `ManagedInstance` taggable, with nodes that all exist but for one. */
const wire = ({ tags }: Parts) => {
  tags.registerType('ManagedInstance', {
    arn: (id) => `arn:aws:ssm:us-east-1:123456789012:managed-instance/${id}`,
    idOf: (arn) => arn.split('managed-instance/')[1],
    exists: async (_db, id) => id !== 'mi-00000000000000000',
  })
  return []
}

const on = (ResourceId: string) => ({ ResourceType: 'ManagedInstance' as const, ResourceId })
const tag = (Key: string, Value: string) => ({ Key, Value })

describeStores('tags', (openStore) => {
  test('are added, changed, listed by key and removed', async () => {
    await using stand = await openStand(await openStore(), wire)
    await stand.call('AddTagsToResource', { ...on(ID), Tags: [tag('role', 'web'), tag('env', 'test')] })
    await stand.call('AddTagsToResource', { ...on(ID), Tags: [tag('env', 'prod'), tag('empty', '')] })
    expect(await stand.call('ListTagsForResource', on(ID))).toEqual({
      TagList: [tag('empty', ''), tag('env', 'prod'), tag('role', 'web')],
    })
    await stand.call('RemoveTagsFromResource', { ...on(ID), TagKeys: ['env', 'absent', 'env'] })
    expect(await stand.call('ListTagsForResource', on(ID))).toEqual({ TagList: [tag('empty', ''), tag('role', 'web')] })
  })

  test('of one resource are not those of another', async () => {
    await using stand = await openStand(await openStore(), wire)
    await stand.call('AddTagsToResource', { ...on(ID), Tags: [tag('a', '1')] })
    expect(await stand.call('ListTagsForResource', on('mi-0123456789abcdef1'))).toEqual({ TagList: [] })
  })

  test('are refused for an unknown resource and for a type without resources yet', async () => {
    await using stand = await openStand(await openStore(), wire)
    const unknown = on('mi-00000000000000000')
    const window = { ResourceType: 'MaintenanceWindow', ResourceId: 'mw-0123456789abcdef0' }
    for (const resource of [unknown, window]) {
      expect(await stand.refused('AddTagsToResource', { ...resource, Tags: [tag('a', '1')] })).toEqual({
        code: 'InvalidResourceId',
        text: undefined,
      })
      expect((await stand.refused('RemoveTagsFromResource', { ...resource, TagKeys: ['a'] })).code).toBe(
        'InvalidResourceId',
      )
      expect((await stand.refused('ListTagsForResource', resource)).code).toBe('InvalidResourceId')
    }
  })

  test('are at most 50 a resource, a changed value not counted', async () => {
    await using stand = await openStand(await openStore(), wire)
    const fifty = Array.from({ length: 50 }, (_, index) => tag(`k${index}`, 'v'))
    await stand.call('AddTagsToResource', { ...on(ID), Tags: fifty })
    await stand.call('AddTagsToResource', { ...on(ID), Tags: [tag('k7', 'other')] })
    expect(await stand.refused('AddTagsToResource', { ...on(ID), Tags: [tag('k7', 'x'), tag('one', 'more')] })).toEqual(
      {
        code: 'TooManyTagsError',
        text: undefined,
      },
    )
    const { TagList = [] } = await stand.call('ListTagsForResource', on(ID))
    expect(TagList).toHaveLength(50)
    expect(TagList.find(({ Key }) => Key === 'k7')).toEqual(tag('k7', 'other'))
  })

  test('are refused by the model: an empty key, a key of 129 characters, a value with a bracket', async () => {
    await using stand = await openStand(await openStore(), wire)
    for (const bad of [tag('', 'v'), tag('k'.repeat(129), 'v'), tag('k', '<b>')])
      expect((await stand.refused('AddTagsToResource', { ...on(ID), Tags: [bad] })).code).toBe('ValidationException')
  })

  test('refuses reserved and repeated keys with a sentence', async () => {
    await using stand = await openStand(await openStore(), wire)
    expect(await stand.refused('AddTagsToResource', { ...on(ID), Tags: [tag('aws:name', 'v')] })).toEqual({
      code: 'ValidationException',
      text: 'Tag keys that begin with aws: are reserved: aws:name.',
    })
    expect(await stand.refused('AddTagsToResource', { ...on(ID), Tags: [tag('a', '1'), tag('a', '2')] })).toEqual({
      code: 'ValidationException',
      text: 'A tag key is given twice: a.',
    })
  })

  test('select by all conditions and any value of each', async () => {
    await using stand = await openStand(await openStore(), wire)
    const { db, tags } = stand
    await db.write(async (tx) => {
      const put = (id: string, all: Record<string, string>) =>
        tags.put(
          tx,
          'ManagedInstance',
          id,
          Object.entries(all).map(([key, value]) => ({ key, value })),
        )
      await put('a', { env: 'prod', role: 'web' })
      await put('b', { env: 'prod', role: 'db' })
      await put('c', { env: 'test', role: 'web' })
      await put('d', { role: 'web' })
      await tags.put(tx, 'Document', 'e', [{ key: 'env', value: 'prod' }])
    })
    const find = (...conditions: Parameters<typeof tags.findByTags>[2]) =>
      tags.findByTags(db.read, 'ManagedInstance', conditions)
    expect(await find({ keys: ['env'], values: ['prod'] })).toEqual(['a', 'b'])
    expect(await find({ keys: ['env'], values: ['prod', 'test'] })).toEqual(['a', 'b', 'c'])
    expect(await find({ keys: ['env'], values: ['prod'] }, { keys: ['role'], values: ['web', 'cache'] })).toEqual(['a'])
    expect(await find({ keys: ['role'] }, { keys: ['role'], values: ['prod'] })).toEqual([])
    expect(await find({ keys: ['env'] })).toEqual(['a', 'b', 'c'])
    expect(await find({ keys: ['env', 'role'] })).toEqual(['a', 'b', 'c', 'd'])
    expect(await find({ keys: ['env'], values: ['Prod'] })).toEqual([])
    expect(await find()).toEqual([])
  })

  test('of a page of resources come by resource, and all go when the resource goes', async () => {
    await using stand = await openStand(await openStore(), wire)
    const { db, tags } = stand
    await db.write((tx) => tags.put(tx, 'Document', 'one', [{ key: 'a', value: '1' }]))
    await db.write((tx) => tags.put(tx, 'Document', 'two', [{ key: 'b', value: '2' }]))
    expect(await tags.listOf(db.read, 'Document', ['one', 'two', 'three'])).toEqual(
      new Map([
        ['one', [{ key: 'a', value: '1' }]],
        ['two', [{ key: 'b', value: '2' }]],
      ]),
    )
    await db.write((tx) => tags.removeAll(tx, 'Document', 'one'))
    expect(await tags.list(db.read, 'Document', 'one')).toEqual([])
    expect(await tags.list(db.read, 'Document', 'two')).toHaveLength(1)
  })
})

describe('tag rules', () => {
  test('a type of resources is registered once', () => {
    const kind = { arn: (id: string) => id, idOf: (arn: string) => arn, exists: async () => true }
    const tags = createTags({ home: { accountId: '123456789012', region: 'us-east-1' } })
    tags.registerType('Document', kind)
    expect(() => tags.registerType('Document', kind)).toThrow('registered already')
  })

  test('aws: is reserved in any case, aws alone is not', () => {
    expect(findKeyProblem(['AWS:x'])).toBe('Tag keys that begin with aws: are reserved: AWS:x.')
    expect(findKeyProblem(['aws', 'awsx'])).toBeUndefined()
  })

  test('a new resource has at most 50 tags', () => {
    const tags = Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: '' }))
    expect(findTagsProblem(tags)).toBe('A resource has at most 50 tags; 51 are given.')
    expect(findTagsProblem(tags.slice(1))).toBeUndefined()
  })
})
