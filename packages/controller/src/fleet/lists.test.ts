import type { Operations } from '@muster/protocol/api'
import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { pages, START } from '#tags/testing/stand.ts'
import type { FleetTables } from './tables.ts'
import { type FleetStand, openFleet } from './testing/open-fleet.ts'

type Filters = Operations['DescribeInstanceProperties']['input']['FiltersWithOperator']
type NodeFilters = Operations['ListNodes']['input']['Filters']

const setVersion = (stand: FleetStand, id: string, agent_version: string) =>
  stand.db.write((tx) =>
    tx.withTables<FleetTables>().updateTable('fleet_node').set({ agent_version }).where('id', '=', id).execute(),
  )

/** Three nodes: web on a link and tagged, db lost, win never seen. */
async function threeNodes(stand: FleetStand) {
  const web = await stand.aNode({ DefaultInstanceName: 'web', Tags: [{ Key: 'env', Value: 'prod' }] })
  const db = await stand.aNode({ host: { platformVersion: '11', computerName: 'db-1', ipAddress: '10.0.1.9' } })
  const win = await stand.aNode({ host: { platformType: 'Windows', platformName: 'Windows Server' } })
  for (const [id, version] of [
    [web, '0.9.0'],
    [db, '0.10.0'],
    [win, '1.0.0'],
  ] as const)
    await setVersion(stand, id, version)
  for (const [id, connected] of [
    [web, 1],
    [db, 0],
  ] as const)
    await stand.db.write((tx) =>
      tx
        .withTables<FleetTables>()
        .updateTable('fleet_node')
        .set({ connected, last_contact_at: START + 5000 })
        .where('id', '=', id)
        .execute(),
    )
  return { web, db, win }
}

describeStores('DescribeInstanceProperties', (openStore) => {
  const idsOf = async (stand: FleetStand, FiltersWithOperator: Filters): Promise<string[]> => {
    const { InstanceProperties = [] } = await stand.call('DescribeInstanceProperties', { FiltersWithOperator })
    return InstanceProperties.map(({ InstanceId = '' }) => InstanceId)
  }

  test('tells of a node what its row and the hub know', async () => {
    await using stand = await openFleet(await openStore())
    const { web } = await threeNodes(stand)
    const { InstanceProperties } = await stand.call('DescribeInstanceProperties', {
      InstancePropertyFilterList: [{ key: 'PingStatus', valueSet: ['Online'] }],
    })
    const node = await stand.fleet.findNodeForLogin(web)
    expect(InstanceProperties).toEqual([
      {
        ...{ InstanceId: web, Name: 'web', PingStatus: 'Online', LastPingDateTime: START / 1000 + 5 },
        ...{ AgentVersion: '0.9.0', ActivationId: node?.activationId, IamRole: 'MusterNode' },
        ...{ PlatformType: 'Linux', PlatformName: 'Debian GNU/Linux', PlatformVersion: '12', Architecture: 'x86_64' },
        ...{ RegistrationDate: START / 1000, ResourceType: 'ManagedInstance', ComputerName: 'web-1' },
        ...{ IPAddress: '10.0.0.5', SourceId: web, SourceType: 'AWS::SSM::ManagedInstance' },
      },
    ])
  })

  test('is filtered with operators, an order of versions being one of numbers', async () => {
    await using stand = await openFleet(await openStore())
    const { web, db, win } = await threeNodes(stand)
    const role = (Operator: 'Equal' | 'NotEqual' | 'BeginWith', ...Values: string[]) => [
      { Key: 'IamRole', Operator, Values },
    ]
    const version = (Operator: 'LessThan' | 'GreaterThan', value: string) => [
      { Key: 'AgentVersion', Operator, Values: [value] },
    ]
    const cases: [Filters, string[]][] = [
      [[{ Key: 'InstanceIds', Values: [web, win] }], [web, win]],
      [[{ Key: 'InstanceIds', Operator: 'NotEqual', Values: [web, win] }], [db]],
      [[{ Key: 'InstanceIds', Operator: 'BeginWith', Values: [web.slice(0, 12)] }], [web]],
      [version('LessThan', '0.10.0'), [web]],
      [version('GreaterThan', '0.9.0'), [db, win]],
      [version('GreaterThan', '1.0.0'), []],
      [role('BeginWith', 'Must', 'Other'), [web, db, win]],
      [role('NotEqual', 'MusterNode'), []],
      [[{ Key: 'PingStatus', Operator: 'NotEqual', Values: ['Online'] }], [db, win]],
      [[{ Key: 'PingStatus', Operator: 'BeginWith', Values: ['Nothing'] }], []],
      [[{ Key: 'PlatformTypes', Operator: 'BeginWith', Values: ['Win', 'Mac'] }], [win]],
      [[{ Key: 'ResourceType', Operator: 'NotEqual', Values: ['EC2Instance'] }], [web, db, win]],
      [[{ Key: 'DocumentName', Values: ['AWS-RunShellScript'] }], []],
      [[{ Key: 'AssociationStatus', Operator: 'NotEqual', Values: ['Failed'] }], [web, db, win]],
      [[{ Key: 'tag:env', Values: ['prod'] }], [web]],
      [[{ Key: 'tag:env', Operator: 'NotEqual', Values: ['prod'] }], [db, win]],
      [[{ Key: 'tag-key', Operator: 'NotEqual', Values: ['env', 'role'] }], [db, win]],
    ]
    for (const [filters, expected] of cases) expect([filters, await idsOf(stand, filters)]).toEqual([filters, expected])
  })

  test('is refused with the code of what is wrong', async () => {
    await using stand = await openFleet(await openStore())
    const refused = (Key: string, Values: string[], Operator?: string) =>
      stand.refused('DescribeInstanceProperties', { FiltersWithOperator: [{ Key, Values, Operator }] })
    expect(await refused('Colour', ['red'])).toEqual({ code: 'InvalidFilterKey', text: undefined })
    expect((await refused('InstanceIds', ['mi-1'])).code).toBe('InvalidInstanceId')
    expect(await refused('ActivationIds', ['mi-1'])).toEqual({
      code: 'InvalidActivationId',
      text: 'mi-1 is not a value of the filter ActivationIds.',
    })
    expect(await refused('IamRole', ['a'], 'LessThan')).toEqual({
      code: 'InvalidInstancePropertyFilterValue',
      text: 'The filter IamRole cannot be asked with LessThan a.',
    })
    expect((await refused('PingStatus', ['Lost'])).code).toBe('InvalidInstancePropertyFilterValue')
    expect((await refused('IamRole', ['a'], 'Like')).code).toBe('ValidationException')
    const both = {
      InstancePropertyFilterList: [{ key: 'IamRole', valueSet: ['a'] }],
      FiltersWithOperator: [{ Key: 'IamRole', Values: ['a'] }],
    }
    expect((await stand.refused('DescribeInstanceProperties', both)).text).toBe(
      'Give InstancePropertyFilterList or FiltersWithOperator, not both.',
    )
    expect((await stand.refused('DescribeInstanceProperties', { NextToken: 'garbage' })).code).toBe('InvalidNextToken')
  })

  test('is listed by pages that lose and repeat nothing', async () => {
    await using stand = await openFleet(await openStore())
    const made: string[] = []
    for (let index = 0; index < 7; index++) made.push(await stand.aNode())
    const all = await pages(async (NextToken) => {
      const page = await stand.call('DescribeInstanceProperties', { MaxResults: 5, NextToken })
      return { items: page.InstanceProperties ?? [], token: page.NextToken }
    }, 5)
    expect(all.map(({ InstanceId }) => InstanceId)).toEqual(made)
  })
})

describeStores('ListNodes', (openStore) => {
  const idsOf = async (stand: FleetStand, filters: NodeFilters): Promise<string[]> =>
    ((await stand.call('ListNodes', { Filters: filters })).Nodes ?? []).map(({ Id = '' }) => Id)

  test('tells of a node what its agent said last, and when', async () => {
    await using stand = await openFleet(await openStore())
    const { web } = await threeNodes(stand)
    const { Nodes = [] } = await stand.call('ListNodes', {})
    expect(Nodes[0]).toEqual({
      ...{ CaptureTime: START / 1000 + 5, Id: web, Owner: { AccountId: '123456789012' }, Region: 'us-east-1' },
      NodeType: {
        Instance: {
          ...{ AgentType: 'muster-agent', AgentVersion: '0.9.0', ComputerName: 'web-1', InstanceStatus: 'Active' },
          ...{ IpAddress: '10.0.0.5', ManagedStatus: 'Managed', Name: 'web', PlatformType: 'Linux' },
          ...{ PlatformName: 'Debian GNU/Linux', PlatformVersion: '12', ResourceType: 'ManagedInstance' },
          ...{ SourceType: 'AWS::SSM::ManagedInstance', SourceId: web },
        },
      },
    })
    expect(Nodes.map(({ NodeType }) => NodeType?.Instance?.InstanceStatus)).toEqual([
      'Active',
      'ConnectionLost',
      'Inactive',
    ])
    expect(Nodes[2]?.CaptureTime).toBe(START / 1000)
  })

  test('is filtered by each key of the model', async () => {
    await using stand = await openFleet(await openStore())
    const { web, db, win } = await threeNodes(stand)
    const all = [web, db, win]
    const cases: [NodeFilters, string[]][] = [
      [[{ Key: 'AgentType', Values: ['muster-agent'] }], all],
      [[{ Key: 'AgentType', Values: ['amazon-ssm-agent'] }], []],
      [[{ Key: 'AgentVersion', Values: ['0.'], Type: 'BeginWith' }], [web, db]],
      [[{ Key: 'ComputerName', Values: ['db-1'] }], [db]],
      [[{ Key: 'InstanceId', Values: [db, win] }], [db, win]],
      [[{ Key: 'InstanceStatus', Values: ['Active', 'Inactive'] }], [web, win]],
      [[{ Key: 'IpAddress', Values: ['10.0.0.'], Type: 'BeginWith' }], [web, win]],
      [[{ Key: 'ManagedStatus', Values: ['All'] }], all],
      [[{ Key: 'ManagedStatus', Values: ['Managed'] }], all],
      [[{ Key: 'ManagedStatus', Values: ['Unmanaged'] }], []],
      [[{ Key: 'PlatformName', Values: ['Windows'], Type: 'BeginWith' }], [win]],
      [[{ Key: 'PlatformType', Values: ['Linux'], Type: 'NotEqual' }], [win]],
      [[{ Key: 'PlatformVersion', Values: ['11'] }], [db]],
      [[{ Key: 'ResourceType', Values: ['EC2Instance'] }], []],
      [[{ Key: 'OrganizationalUnitId', Values: ['ou-1'] }], []],
      [[{ Key: 'OrganizationalUnitPath', Values: ['ou-1'], Type: 'NotEqual' }], all],
      [[{ Key: 'Region', Values: ['us-east-1'] }], all],
      [[{ Key: 'AccountId', Values: ['210987654321'] }], []],
      [[{ Key: 'SourceType', Values: ['AWS::SSM::ManagedInstance'] }], all],
      [[{ Key: 'SourceId', Values: [web] }], [web]],
      [[{ Key: 'SourceLocation', Values: ['eastus'] }], []],
      [[{ Key: 'AvailabilityZone', Values: ['a'] }], []],
      [[{ Key: 'AvailabilityZoneId', Values: ['a'] }], []],
    ]
    for (const [filters, expected] of cases) expect([filters, await idsOf(stand, filters)]).toEqual([filters, expected])
  })

  test('is refused for a sync that there is none, a bad value, a key twice and a strange token', async () => {
    await using stand = await openFleet(await openStore())
    for (const name of ['ListNodes', 'ListNodesSummary'] as const) {
      const Aggregators =
        name === 'ListNodes'
          ? undefined
          : [{ AggregatorType: 'Count', TypeName: 'Instance', AttributeName: 'PlatformType' }]
      const refused = (input: object) => stand.refused(name, { Aggregators, ...input })
      expect(await refused({ SyncName: 'all' })).toEqual({
        code: 'ResourceDataSyncNotFoundException',
        text: 'There is no resource data sync all.',
      })
      const bad = { Filters: [{ Key: 'InstanceId', Values: ['mi-1'] }] }
      expect(await refused(bad)).toEqual({
        code: 'InvalidFilter',
        text: 'mi-1 is not a value of the filter InstanceId.',
      })
      const twice = { Key: 'Region', Values: ['us-east-1'] }
      expect((await refused({ Filters: [twice, twice] })).code).toBe('InvalidFilter')
      expect((await refused({ NextToken: 'garbage' })).code).toBe('InvalidNextToken')
    }
  })

  test('is listed by pages that lose and repeat nothing', async () => {
    await using stand = await openFleet(await openStore())
    const made: string[] = []
    for (let index = 0; index < 5; index++) made.push(await stand.aNode())
    const all = await pages(async (NextToken) => {
      const page = await stand.call('ListNodes', { MaxResults: 2, NextToken })
      return { items: page.Nodes ?? [], token: page.NextToken }
    }, 2)
    expect(all.map(({ Id }) => Id)).toEqual(made)
  })
})

describeStores('ListNodesSummary', (openStore) => {
  type Aggregators = Operations['ListNodesSummary']['input']['Aggregators']
  type Attribute = Aggregators[number]['AttributeName']
  const by = (AttributeName: Attribute, Inner?: Aggregators) => ({
    ...({ AggregatorType: 'Count', TypeName: 'Instance', AttributeName } as const),
    ...(Inner && { Aggregators: Inner }),
  })

  test('counts by one attribute, by two, and by what is the same for all', async () => {
    await using stand = await openFleet(await openStore())
    await threeNodes(stand)
    const summary = async (...Aggregators: Aggregators) =>
      (await stand.call('ListNodesSummary', { Aggregators })).Summary
    const types = [
      { PlatformType: 'Linux', Count: '2' },
      { PlatformType: 'Windows', Count: '1' },
    ]
    expect(await summary(by('PlatformType'))).toEqual(types)
    expect(await summary(by('Region'), by('PlatformType'))).toEqual([{ Region: 'us-east-1', Count: '3' }, ...types])
    expect(await summary(by('AvailabilityZone'))).toEqual([{ AvailabilityZone: '', Count: '3' }])
    expect(await summary(by('PlatformType', [by('PlatformVersion'), by('SourceType')]))).toEqual([
      { PlatformType: 'Linux', PlatformVersion: '11', Count: '1' },
      { PlatformType: 'Linux', PlatformVersion: '12', Count: '1' },
      { PlatformType: 'Windows', PlatformVersion: '12', Count: '1' },
      { PlatformType: 'Linux', SourceType: 'AWS::SSM::ManagedInstance', Count: '2' },
      { PlatformType: 'Windows', SourceType: 'AWS::SSM::ManagedInstance', Count: '1' },
    ])
  })

  test('counts what its filters let through, and nothing where there is nothing', async () => {
    await using stand = await openFleet(await openStore())
    await threeNodes(stand)
    const count = async (Key: 'InstanceStatus' | 'AgentType', value: string) => {
      const Filters = [{ Key, Values: [value] }]
      return (await stand.call('ListNodesSummary', { Aggregators: [by('ResourceType')], Filters })).Summary
    }
    expect(await count('InstanceStatus', 'Active')).toEqual([{ ResourceType: 'ManagedInstance', Count: '1' }])
    expect(await count('InstanceStatus', 'Stopped')).toEqual([])
    expect(await count('AgentType', 'other')).toEqual([])
  })

  test('is read by pages', async () => {
    await using stand = await openFleet(await openStore())
    await threeNodes(stand)
    const all = await pages(async (NextToken) => {
      const page = await stand.call('ListNodesSummary', {
        Aggregators: [by('AgentVersion'), by('PlatformType')],
        MaxResults: 2,
        NextToken,
      })
      return { items: page.Summary ?? [], token: page.NextToken }
    }, 2)
    expect(all.map(({ Count, ...attributes }) => Object.values(attributes)[0])).toEqual([
      ...['0.10.0', '0.9.0', '1.0.0'],
      ...['Linux', 'Windows'],
    ])
  })

  test('is refused for aggregators that a summary has no room for', async () => {
    await using stand = await openFleet(await openStore())
    const refused = (...Aggregators: Aggregators) => stand.refused('ListNodesSummary', { Aggregators })
    expect(await refused(by('PlatformType', [by('PlatformType')]))).toEqual({
      code: 'InvalidAggregatorException',
      text: 'PlatformType is aggregated by itself.',
    })
    expect(await refused(by('PlatformType', [by('PlatformName', [by('PlatformVersion')])]))).toEqual({
      code: 'InvalidAggregatorException',
      text: 'Aggregators are nested 2 deep at most.',
    })
    expect((await refused()).code).toBe('ValidationException')
  })
})

describeStores('UpdateManagedInstanceRole', (openStore) => {
  test('gives a registered node another role, and refuses unknown roles and nodes', async () => {
    await using stand = await openFleet(await openStore())
    const InstanceId = await stand.aNode()
    await stand.db.write((tx) =>
      tx
        .withTables<{ access_role: Record<string, unknown> }>()
        .insertInto('access_role')
        .values({
          id: 'AROAOTHER',
          name: 'Other',
          path: '/',
          description: '',
          trust_policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: { Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' }, Action: 'sts:AssumeRole' },
          }),
          created_at: 0,
          ...{ folded: 'other', trusted: '[]', max_session_seconds: 3600, tags: '[]' },
        })
        .execute(),
    )
    expect(await stand.call('UpdateManagedInstanceRole', { InstanceId, IamRole: 'service-role/Other' })).toEqual({})
    expect(await stand.fleet.findNodeForLogin(InstanceId)).toMatchObject({ roleId: 'AROAOTHER', roleName: 'Other' })
    expect(await stand.refused('UpdateManagedInstanceRole', { InstanceId, IamRole: 'Nobody' })).toEqual({
      code: 'ValidationException',
      text: 'There is no role Nobody for nodes.',
    })
    await stand.call('DeregisterManagedInstance', { InstanceId })
    expect(await stand.refused('UpdateManagedInstanceRole', { InstanceId, IamRole: 'Other' })).toEqual({
      code: 'InvalidInstanceId',
      text: `${InstanceId} is not a registered node.`,
    })
  })
})
