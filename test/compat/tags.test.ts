import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FakeAgent } from '../kit/fake-agent.ts'
import { enrolFakeAgent } from '../kit/fake-fleet.ts'
import { startController, type TestController } from '../rig/controller.ts'
import { createAws } from './clients/aws.ts'
import { startBoto3 } from './clients/boto3.ts'
import { outputOf, type StockClient } from './clients/client.ts'
import { createSdk } from './clients/sdk.ts'
import { jsonDocument } from './script.ts'

let controller: TestController
let node: FakeAgent
let clients: Readonly<Record<StockClient['name'], StockClient>>

beforeAll(async () => {
  controller = await startController()
  const { ActivationId = '', ActivationCode = '' } = await controller.call('CreateActivation', {
    IamRole: 'MusterNode',
  })
  node = await enrolFakeAgent({ url: controller.url, activationId: ActivationId, code: ActivationCode })
  await controller.call('PutParameter', { Name: '/tagged/one', Value: 'x', Type: 'String', Tier: 'Advanced' })
  await controller.call('CreateDocument', { Name: 'Tagged', DocumentType: 'Command', Content: jsonDocument })
  clients = { boto3: startBoto3(controller), 'aws-sdk': createSdk(controller), aws: await createAws(controller) }
})
afterAll(async () => {
  for (const client of Object.values(clients)) await client[Symbol.asyncDispose]()
  await node[Symbol.asyncDispose]()
  await controller[Symbol.asyncDispose]()
})

const resources = (): readonly (readonly [type: string, id: string])[] => [
  ['ManagedInstance', node.nodeId],
  ['Document', 'Tagged'],
  ['Parameter', '/tagged/one'],
]
const tag = (Key: string, Value: string) => ({ Key, Value })
/** How each client names what it raised: a class, an error's name, or nothing but the code. */
const raised = (name: string, code: string) => ({ ok: false, code, kind: name === 'aws' ? expect.anything() : code })

const NOT_BUILT = ['Automation', 'Association', 'MaintenanceWindow', 'PatchBaseline', 'OpsItem', 'OpsMetadata']

describe.each(['boto3', 'aws-sdk', 'aws'] as const)('%s', { timeout: 300_000 }, (name) => {
  // The CLI is a process a call, seconds each on a busy machine: one of each kind is enough for it.
  const some = <T>(items: readonly T[]): readonly T[] => (name === 'aws' ? items.slice(-1) : items)

  it('gives tags to every type of resource that there is, changes, lists and takes them', async () => {
    const client = clients[name]
    for (const [ResourceType, ResourceId] of some(resources())) {
      const on = { ResourceType, ResourceId }
      const list = async () => outputOf(await client.call('ListTagsForResource', on)).TagList
      const Tags = [tag('team', 'shop'), tag('env', 'dev')]
      outputOf(await client.call('AddTagsToResource', { ...on, Tags }))
      outputOf(await client.call('AddTagsToResource', { ...on, Tags: [tag('env', 'prod')] }))
      expect(await list()).toEqual([tag('env', 'prod'), tag('team', 'shop')])
      outputOf(await client.call('RemoveTagsFromResource', { ...on, TagKeys: ['env', 'team', 'none'] }))
      expect(await list()).toEqual([])
    }
  })

  it('raises its own errors for too many tags, and for types that have no resources yet', async () => {
    const client = clients[name]
    const on = { ResourceType: 'Parameter', ResourceId: '/tagged/one' }
    const many = Array.from({ length: 51 }, (_, index) => tag(`k${index}`, ''))
    expect(await client.call('AddTagsToResource', { ...on, Tags: many })).toMatchObject(
      raised(name, 'TooManyTagsError'),
    )
    for (const ResourceType of some([...NOT_BUILT, 'Parameter', 'Document', 'ManagedInstance']))
      expect(
        await client.call('ListTagsForResource', { ResourceType, ResourceId: 'mi-00000000000000000' }),
      ).toMatchObject(raised(name, 'InvalidResourceId'))
  })

  it('puts a policy on a resource, is told of a stale hash, and removes it', async () => {
    const client = clients[name]
    const ResourceArn = `arn:aws:ssm:us-east-1:${controller.accountId}:parameter/tagged/one`
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: '210987654321' }, Action: 'ssm:GetParameter', Resource: ResourceArn },
      ],
    })
    const { PolicyId, PolicyHash } = outputOf(await client.call('PutResourcePolicy', { ResourceArn, Policy }))
    const { Policies } = outputOf(await client.call('GetResourcePolicies', { ResourceArn }))
    expect(Policies).toEqual([{ PolicyId, PolicyHash, Policy }])
    const stale = { ResourceArn, PolicyId, PolicyHash: 'stale' }
    expect(await client.call('DeleteResourcePolicy', stale)).toMatchObject(
      raised(name, 'ResourcePolicyConflictException'),
    )
    expect(await client.call('PutResourcePolicy', { ResourceArn, Policy: '{}' })).toMatchObject(
      raised(name, 'MalformedResourcePolicyDocumentException'),
    )
    outputOf(await client.call('DeleteResourcePolicy', { ResourceArn, PolicyId, PolicyHash }))
    expect(outputOf(await client.call('GetResourcePolicies', { ResourceArn })).Policies).toEqual([])
  })
})
