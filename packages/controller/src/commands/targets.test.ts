import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { openCommands, shell } from './testing/open-commands.ts'

const aQuery = (...filters: readonly { Key: string; Values?: readonly string[] }[]) => ({
  Type: 'TAG_FILTERS_1_0' as const,
  Query: JSON.stringify({ ResourceTypeFilters: ['AWS::SSM::ManagedInstance'], TagFilters: filters }),
})

const openTagged = async (openStore: Parameters<Parameters<typeof describeStores>[1]>[0]) => {
  const stand = await openCommands(await openStore())
  const web = await stand.aNode({ tags: { env: 'prod', role: 'web' } })
  const test = await stand.aNode({ tags: { env: 'test', role: 'web' } })
  const data = await stand.aNode({ tags: { env: 'prod', disk: 'large' } })
  await stand.aNode()
  const names = new Map([
    [web.nodeId, 'web'],
    [test.nodeId, 'test'],
    [data.nodeId, 'data'],
  ])
  /** Names of the nodes that a command with these targets goes to. */
  const targetsOf = async (...Targets: readonly { Key: string; Values: string[] }[]) => {
    const CommandId = await stand.send({ ...shell('id'), Targets: [...Targets] })
    return (await stand.invocations(CommandId)).map(({ InstanceId = '' }) => names.get(InstanceId) ?? InstanceId).sort()
  }
  return { stand, web, data, targetsOf, [Symbol.asyncDispose]: () => stand[Symbol.asyncDispose]() }
}

describeStores('targets', (openStore) => {
  test('by tag-key are the nodes that have one of the tags, whatever its value', async () => {
    await using tagged = await openTagged(openStore)
    const { targetsOf } = tagged
    expect(await targetsOf({ Key: 'tag-key', Values: ['role'] })).toEqual(['test', 'web'])
    expect(await targetsOf({ Key: 'tag-key', Values: ['role', 'disk'] })).toEqual(['data', 'test', 'web'])
    const both = [
      { Key: 'tag-key', Values: ['disk'] },
      { Key: 'tag:env', Values: ['prod'] },
    ]
    expect(await targetsOf(...both)).toEqual(['data'])
    expect(await targetsOf({ Key: 'tag-key', Values: ['prod'] })).toEqual([])
  })

  test('by group are the nodes that meet its query at that moment', async () => {
    await using tagged = await openTagged(openStore)
    const { stand, web, targetsOf } = tagged
    const ResourceQuery = aQuery({ Key: 'env', Values: ['prod'] }, { Key: 'role', Values: ['web', 'other'] })
    await stand.call('CreateGroup', { Name: 'shop', ResourceQuery })
    await stand.call('CreateGroup', { Name: 'disks', ResourceQuery: aQuery({ Key: 'disk' }) })
    const shop = { Key: 'resource-groups:Name', Values: ['shop'] }
    expect(await targetsOf(shop)).toEqual(['web'])
    expect(await targetsOf({ ...shop, Values: ['shop', 'disks'] })).toEqual(['data', 'web'])
    expect(await targetsOf(shop, { Key: 'tag:env', Values: ['test'] })).toEqual([])
    expect(await targetsOf(shop, { Key: 'InstanceIds', Values: [web.nodeId] })).toEqual(['web'])

    const CommandId = await stand.send({ ...shell('id'), Targets: [shop] })
    await stand.call('UpdateGroup', { Group: 'shop', ResourceQuery: aQuery({ Key: 'env', Values: ['test'] }) })
    expect(await targetsOf(shop)).toEqual(['test'])
    expect((await stand.invocations(CommandId)).map(({ InstanceId }) => InstanceId)).toEqual([web.nodeId])
    await stand.call('DeleteGroup', { Group: 'shop' })
    expect(await stand.command(CommandId)).toMatchObject({ TargetCount: 1, Targets: [shop] })
  })

  test('by type narrow a group to its nodes, or to nothing', async () => {
    await using tagged = await openTagged(openStore)
    const { stand, targetsOf } = tagged
    await stand.call('CreateGroup', { Name: 'all', ResourceQuery: aQuery({ Key: 'env' }) })
    const all = { Key: 'resource-groups:Name', Values: ['all'] }
    const types = (...Values: string[]) => ({ Key: 'resource-groups:ResourceTypeFilters', Values })
    const nodes = ['data', 'test', 'web']
    expect(await targetsOf(all, types('AWS::SSM::ManagedInstance', 'AWS::EC2::Instance'))).toEqual(nodes)
    expect(await targetsOf(all, types('AWS::AllSupported'))).toEqual(nodes)
    expect(await targetsOf(all, types('AWS::EC2::Instance'))).toEqual([])
    const refused = async (...Targets: object[]) =>
      (await stand.refused('SendCommand', { ...shell('id'), Targets })).text
    expect(await refused(types('AWS::AllSupported'))).toBe(
      'resource-groups:ResourceTypeFilters narrows a group: give resource-groups:Name too.',
    )
    expect(await refused(all, types('nodes'))).toBe(
      'nodes is not a type of resources, such as AWS::SSM::ManagedInstance.',
    )
    expect(await refused(all, types())).toBe('The target key resource-groups:ResourceTypeFilters has no values.')
  })

  test('by a group that is not there, none or twice are refused', async () => {
    await using tagged = await openTagged(openStore)
    const { stand } = tagged
    const refused = (...Targets: object[]) => stand.refused('SendCommand', { ...shell('id'), Targets })
    const Key = 'resource-groups:Name'
    expect(await refused({ Key, Values: ['shop'] })).toEqual({
      ...{ code: 'ValidationException', text: 'There is no group shop.' },
    })
    expect((await refused({ Key, Values: [] })).text).toBe('The target key resource-groups:Name has no values.')
    expect((await refused({ Key, Values: ['a'] }, { Key, Values: ['b'] })).text).toBe(
      'The target key resource-groups:Name is given twice.',
    )
    expect((await stand.call('ListCommands', {})).Commands).toEqual([])
  })
})
