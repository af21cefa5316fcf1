import type { OperationName } from '@muster/protocol/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startController, type TestController } from '../rig/controller.ts'
import { createAws } from './clients/aws.ts'
import { startBoto3 } from './clients/boto3.ts'
import { type Input, outputOf, type StockClient } from './clients/client.ts'
import { createSdk } from './clients/sdk.ts'

let controller: TestController
let clients: { readonly boto3: StockClient; readonly sdk: StockClient; readonly aws: StockClient }

beforeAll(async () => {
  controller = await startController()
  clients = { boto3: startBoto3(controller), sdk: createSdk(controller), aws: await createAws(controller) }
})

afterAll(async () => {
  for (const client of Object.values(clients)) await client[Symbol.asyncDispose]()
  await controller[Symbol.asyncDispose]()
})

describe.each(['boto3', 'sdk', 'aws'] as const)('the life of a parameter through %s', (name) => {
  it('has all ten operations and tags, with a key that is rotated between', { timeout: 300_000 }, async () => {
    const client = clients[name]
    const call = async <O extends OperationName>(operation: O, input: Input) =>
      outputOf(await client.call(operation, input))
    const path = `/life/${name}`
    const secret = `${path}/secret`
    const { KeyMetadata } = await controller.call('CreateKey', {})
    const KeyId = KeyMetadata?.KeyId ?? ''

    // PutParameter
    const Tags = [{ Key: 'env', Value: name }]
    expect(await call('PutParameter', { Name: path, Value: 'first', Type: 'String', Tags })).toMatchObject({
      ...{ Version: 1, Tier: 'Standard' },
    })
    await call('PutParameter', { Name: secret, Value: 'one', Type: 'SecureString', KeyId })
    await controller.call('RotateKeyOnDemand', { KeyId })
    await call('PutParameter', { Name: secret, Value: 'two', Overwrite: true, KeyId })
    await call('PutParameter', { Name: `${path}/list`, Value: 'a,b', Type: 'StringList' })

    // GetParameter
    const { Parameter } = await call('GetParameter', { Name: path })
    expect(Object.keys(Parameter ?? {}).sort()).toEqual([
      'ARN',
      'DataType',
      'LastModifiedDate',
      'Name',
      'Type',
      'Value',
      'Version',
    ])
    const opened = await call('GetParameter', { Name: `${secret}:1`, WithDecryption: true })
    expect(opened.Parameter).toMatchObject({ Value: 'one', Version: 1, Selector: ':1' })

    // GetParameters
    const Names = [path, `${path}/none`, secret]
    const several = await call('GetParameters', { Names, WithDecryption: true })
    expect(several.Parameters?.map(({ Value }) => Value)).toEqual(['first', 'two'])
    expect(several.InvalidParameters).toEqual([`${path}/none`])

    // LabelParameterVersion, GetParameterHistory, UnlabelParameterVersion
    const labelled = await call('LabelParameterVersion', { Name: secret, ParameterVersion: 1, Labels: ['old', '1x'] })
    expect(labelled).toMatchObject({ InvalidLabels: ['1x'], ParameterVersion: 1 })
    const { Parameters: history } = await call('GetParameterHistory', { Name: secret, WithDecryption: true })
    expect(history?.map(({ Version, Value, Labels, KeyId: key }) => [Version, Value, Labels, key])).toEqual([
      [1, 'one', ['old'], KeyId],
      [2, 'two', [], KeyId],
    ])
    const unlabel = { Name: secret, ParameterVersion: 1, Labels: ['old', 'new'] }
    expect(await call('UnlabelParameterVersion', unlabel)).toMatchObject({
      ...{ RemovedLabels: ['old'], InvalidLabels: ['new'] },
    })

    // GetParametersByPath, DescribeParameters
    const below = await call('GetParametersByPath', { Path: path, Recursive: true, WithDecryption: true })
    expect(below.Parameters?.map(({ Name, Value }) => [Name, Value])).toEqual([
      [`${path}/list`, 'a,b'],
      [secret, 'two'],
    ])
    const ParameterFilters = [{ Key: 'tag:env', Option: 'Equals', Values: [name] }]
    const described = await call('DescribeParameters', { ParameterFilters })
    expect(described.Parameters).toMatchObject([{ Name: path, Type: 'String', Version: 1, Policies: [] }])

    // Tags
    const resource = { ResourceType: 'Parameter', ResourceId: path }
    await call('AddTagsToResource', { ...resource, Tags: [{ Key: 'team', Value: 'a' }] })
    await call('RemoveTagsFromResource', { ...resource, TagKeys: ['env'] })
    expect((await call('ListTagsForResource', resource)).TagList).toEqual([{ Key: 'team', Value: 'a' }])

    // DeleteParameter, DeleteParameters
    await call('DeleteParameter', { Name: path })
    const removed = await call('DeleteParameters', { Names: [secret, path, `${path}/list`] })
    expect([removed.DeletedParameters, removed.InvalidParameters]).toEqual([[secret, `${path}/list`], [path]])
    const gone = await client.call('GetParameter', { Name: secret })
    expect(gone.ok ? 'there' : gone.code).toBe('ParameterNotFound')
  })
})
