import {
  DeregisterDefaultHostManagementConfigurationCommand,
  GetServiceSettingCommand,
  paginateDescribeInstanceProperties,
  paginateListNodes,
  paginateListNodesSummary,
  RegisterDefaultHostManagementConfigurationCommand,
  SSMClient,
} from '@aws-sdk/client-ssm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enrolFakeAgent } from '../kit/fake-fleet.ts'
import { startController, type TestController } from '../rig/controller.ts'
import { createAws } from './clients/aws.ts'
import { startBoto3 } from './clients/boto3.ts'
import { outputOf, type StockClient } from './clients/client.ts'
import { createSdk, sdkConfig } from './clients/sdk.ts'

const NODES = 7
const KEEP = '/muster/commands/keep-days'

let controller: TestController
let sdk: StockClient
let client: SSMClient
const ids: string[] = []

beforeAll(async () => {
  controller = await startController()
  sdk = createSdk(controller)
  client = new SSMClient(sdkConfig(controller))
  const { ActivationId = '', ActivationCode = '' } = await controller.call('CreateActivation', {
    ...{ IamRole: 'MusterNode', RegistrationLimit: NODES },
  })
  const enrolment = { url: controller.url, activationId: ActivationId, code: ActivationCode }
  for (let index = 0; index < NODES; index++) {
    const platformType = index % 2 === 0 ? 'Linux' : 'Windows'
    ids.push((await enrolFakeAgent(enrolment, index, { host: { platformType } })).nodeId)
  }
})
afterAll(async () => {
  client.destroy()
  await controller[Symbol.asyncDispose]()
})

async function collect<T, U>(pages: AsyncIterable<T>, of: (page: T) => readonly U[] | undefined): Promise<U[]> {
  const all: U[] = []
  for await (const page of pages) all.push(...(of(page) ?? []))
  return all
}

describe('@aws-sdk/client-ssm', () => {
  it('pages through nodes, their properties and their summary without a gap or a repeat', async () => {
    const nodes = await collect(paginateListNodes({ client, pageSize: 3 }, {}), ({ Nodes }) => Nodes)
    expect(nodes.map(({ Id }) => Id)).toEqual(ids)
    expect(nodes[0]?.CaptureTime).toBeInstanceOf(Date)
    expect(nodes[1]?.NodeType?.Instance).toMatchObject({ PlatformType: 'Windows', ManagedStatus: 'Managed' })

    const FiltersWithOperator = [{ Key: 'PlatformTypes', Operator: 'NotEqual', Values: ['Windows'] } as const].map(
      (filter) => ({ ...filter, Values: [...filter.Values] }),
    )
    const properties = await collect(
      paginateDescribeInstanceProperties({ client, pageSize: 5 }, { FiltersWithOperator }),
      ({ InstanceProperties }) => InstanceProperties,
    )
    expect(properties.map(({ InstanceId }) => InstanceId)).toEqual(ids.filter((_, index) => index % 2 === 0))

    const Aggregators = (['PlatformType', 'Region'] as const).map((AttributeName) => ({
      ...({ AggregatorType: 'Count', TypeName: 'Instance', AttributeName } as const),
    }))
    const summary = paginateListNodesSummary({ client, pageSize: 2 }, { Aggregators })
    expect(await collect(summary, ({ Summary }) => Summary)).toEqual([
      { PlatformType: 'Linux', Count: '4' },
      { PlatformType: 'Windows', Count: '3' },
      { Region: controller.region, Count: '7' },
    ])
  })

  it('registers the default host management configuration, which is a setting', async () => {
    const register = new RegisterDefaultHostManagementConfigurationCommand({ PermissionModel: 'SERVICE_MANAGED' })
    expect((await client.send(register)).RoleArn).toBe(`arn:aws:iam::${controller.accountId}:role/MusterNode`)
    const SettingId = '/ssm/managed-instance/default-ec2-instance-management-role'
    const value = async () =>
      (await client.send(new GetServiceSettingCommand({ SettingId }))).ServiceSetting?.SettingValue
    expect(await value()).toBe('MusterNode')
    await client.send(new DeregisterDefaultHostManagementConfigurationCommand({}))
    expect(await value()).toBe('$None')
  })

  it.each([
    ['ListNodes', 'a token that no list gave (row 57)', { NextToken: 'garbage' }, 'InvalidNextToken'],
    ['DescribeInstanceProperties', 'a token that no list gave (row 57)', { NextToken: 'garbage' }, 'InvalidNextToken'],
    [
      ...(['ListNodesSummary', 'a token that no list gave (row 57)'] as const),
      {
        Aggregators: [{ AggregatorType: 'Count', TypeName: 'Instance', AttributeName: 'Region' }],
        NextToken: 'garbage',
      },
      'InvalidNextToken',
    ],
    [
      ...(['DescribeInstanceProperties', 'a filter key that is none (row 58)'] as const),
      { FiltersWithOperator: [{ Key: 'Colour', Values: ['red'] }] },
      'InvalidFilterKey',
    ],
    [
      ...(['ListNodes', 'a filter key twice (row 58)'] as const),
      { Filters: ['a', 'b'].map((value) => ({ Key: 'Region', Values: [value] })) },
      'InvalidFilter',
    ],
    [
      ...(['ListNodes', 'a filter key outside the set that the model has (row 58)'] as const),
      { Filters: [{ Key: 'Colour', Values: ['red'] }] },
      'ValidationException',
    ],
    ['ListNodes', 'a data sync that is none', { SyncName: 'all' }, 'ResourceDataSyncNotFoundException'],
    ['GetServiceSetting', 'a setting that is none', { SettingId: '/ssm/nothing' }, 'ServiceSettingNotFound'],
  ] as const)('throws the error of that name for %s with %s', async (operation, _title, input, code) => {
    const outcome = await sdk.call(operation, input)
    expect(outcome).toMatchObject({ ok: false, code })
  })
})

describe.each([
  ['boto3', async () => startBoto3(controller)],
  ['aws', () => createAws(controller)],
] as const)('%s', { timeout: 120_000 }, (_name, start) => {
  it('gives a setting a value and takes it away, and gives a node a role', async () => {
    await using stock: StockClient = await start()
    const SettingId = KEEP
    await stock.call('UpdateServiceSetting', { SettingId, SettingValue: '7' }).then(outputOf)
    const { ServiceSetting } = outputOf(await stock.call('GetServiceSetting', { SettingId }))
    expect(ServiceSetting).toMatchObject({ SettingId, SettingValue: '7', Status: 'Customized' })
    const reset = outputOf(await stock.call('ResetServiceSetting', { SettingId }))
    expect(reset.ServiceSetting).toMatchObject({ SettingValue: '30', Status: 'Default' })
    await stock.call('UpdateManagedInstanceRole', { InstanceId: ids[0], IamRole: 'MusterNode' }).then(outputOf)
  })
})
