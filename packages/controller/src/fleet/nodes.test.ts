import type { Hello } from '@muster/protocol/link'
import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { pages, START } from '#tags/testing/stand.ts'
import { aHost, type FleetStand, openFleet } from './testing/open-fleet.ts'

const NOW = START / 1000
const UNKNOWN = 'mi-00000000000000000'

const aHello = (hello: Partial<Hello> = {}): Hello => ({
  linkVersion: 1,
  agentVersion: '0.2.0',
  actions: ['aws:runShellScript'],
  host: aHost({ computerName: 'renamed' }),
  bootId: 'boot',
  journalId: 'journal',
  lastRecord: 0,
  holding: [],
  policyMode: 'full',
  processId: 'process-1',
  ...hello,
})

const idsOf = async (stand: FleetStand, Filters: { Key: string; Values: string[] }[]): Promise<string[]> => {
  const { InstanceInformationList = [] } = await stand.call('DescribeInstanceInformation', { Filters })
  return InstanceInformationList.map(({ InstanceId = '' }) => InstanceId)
}

const connect = async (stand: FleetStand, nodeId: string, hello: Partial<Hello> = {}) => {
  const nodeKey = await stand.keyOf(nodeId)
  const at = stand.clock.now()
  await stand.db.write((tx) =>
    stand.fleet.presence.arrived(tx, [
      { nodeKey, hello: aHello(hello), at, generation: 0, publicKey: new Uint8Array(0), source: '', alive: [] },
    ]),
  )
  stand.links.set(nodeKey, at)
  return nodeKey
}

describeStores('managed nodes', (openStore) => {
  test('are described by what enrolment and activation say of them', async () => {
    await using stand = await openFleet(await openStore())
    const InstanceId = await stand.aNode({ DefaultInstanceName: 'rack-4' })
    const { ActivationList = [] } = await stand.call('DescribeActivations', {})
    expect(await stand.call('DescribeInstanceInformation', {})).toEqual({
      InstanceInformationList: [
        {
          InstanceId,
          PingStatus: 'Inactive',
          AgentVersion: '0.1.0',
          PlatformType: 'Linux',
          PlatformName: 'Debian GNU/Linux',
          PlatformVersion: '12',
          ActivationId: ActivationList[0]?.ActivationId,
          IamRole: 'MusterNode',
          RegistrationDate: NOW,
          ResourceType: 'ManagedInstance',
          Name: 'rack-4',
          IPAddress: '10.0.0.5',
          ComputerName: 'web-1',
          SourceId: InstanceId,
          SourceType: 'AWS::SSM::ManagedInstance',
        },
      ],
    })
  })

  test('are Online with the facts of their hello, then ConnectionLost, with the time of the last contact', async () => {
    await using stand = await openFleet(await openStore())
    const InstanceId = await stand.aNode()
    stand.clock.advance(5000)
    const nodeKey = await connect(stand, InstanceId)
    stand.links.set(nodeKey, START + 65_000)
    const seen = async () => (await stand.call('DescribeInstanceInformation', {})).InstanceInformationList?.[0]
    expect(await seen()).toMatchObject({
      PingStatus: 'Online',
      LastPingDateTime: NOW + 65,
      AgentVersion: '0.2.0',
      ComputerName: 'renamed',
    })
    expect(await stand.call('GetConnectionStatus', { Target: InstanceId })).toEqual({
      Target: InstanceId,
      Status: 'connected',
    })
    stand.links.delete(nodeKey)
    await stand.db.write((tx) => stand.fleet.presence.departed(tx, [{ nodeKey, at: START + 70_000 }]))
    expect(await seen()).toMatchObject({ PingStatus: 'ConnectionLost', LastPingDateTime: NOW + 70 })
    expect((await stand.call('GetConnectionStatus', { Target: InstanceId })).Status).toBe('notconnected')
  })

  test('are not Online after a controller that died while they were connected', async () => {
    await using stand = await openFleet(await openStore())
    const InstanceId = await stand.aNode()
    const nodeKey = await connect(stand, InstanceId)
    stand.links.clear()
    await stand.db.write((tx) => stand.fleet.presence.reset(tx))
    const node = await stand.fleet.findNodeForLogin(InstanceId)
    expect(node).toMatchObject({ key: nodeKey, connected: false, lastContactAt: START })
    expect(await idsOf(stand, [{ Key: 'PingStatus', Values: ['Online'] }])).toEqual([])
  })

  test('keep their facts when a hello says nothing usable', async () => {
    await using stand = await openFleet(await openStore())
    const InstanceId = await stand.aNode()
    await connect(stand, InstanceId, { agentVersion: 'dev', host: { ...aHost(), computerName: 'other' } })
    const [node] = (await stand.call('DescribeInstanceInformation', {})).InstanceInformationList ?? []
    expect(node).toMatchObject({ PingStatus: 'Online', AgentVersion: '0.1.0', ComputerName: 'web-1' })
  })

  test('note contacts of many nodes in one statement, the last of a node counting', async () => {
    await using stand = await openFleet(await openStore())
    const { ActivationId = '', ActivationCode = '' } = await stand.call('CreateActivation', {
      IamRole: 'MusterNode',
      RegistrationLimit: 3,
    })
    const keys: number[] = []
    for (let index = 0; index < 3; index++) {
      const { value } = await stand.enrol({ activationId: ActivationId, code: ActivationCode })
      keys.push(await stand.keyOf(String(value['nodeId'])))
    }
    const contacts = [...keys, ...keys].map((nodeKey, index) => ({ nodeKey, at: START + index }))
    await stand.db.write((tx) => stand.fleet.presence.heard(tx, contacts))
    const found = await Promise.all(keys.map((key) => stand.fleet.findByKey(stand.db.read, key)))
    expect(found.map((node) => node?.lastContactAt)).toEqual([START + 3, START + 4, START + 5])
    await stand.db.write((tx) => stand.fleet.presence.departed(tx, []))
  })

  test('are filtered by id, version, ping, platform, activation, role, type and tags', async () => {
    await using stand = await openFleet(await openStore())
    const web = await stand.aNode({
      Tags: [
        { Key: 'env', Value: 'prod' },
        { Key: 'role', Value: 'web' },
      ],
    })
    const db = await stand.aNode({ Tags: [{ Key: 'env', Value: 'prod' }] })
    const win = await stand.aNode({ host: { platformType: 'Windows' } })
    await connect(stand, web)
    const activationId = (await stand.fleet.findNodeForLogin(db))?.activationId ?? ''
    const cases: [{ Key: string; Values: string[] }[], string[]][] = [
      [[{ Key: 'InstanceIds', Values: [db, win, UNKNOWN] }], [db, win]],
      [[{ Key: 'AgentVersion', Values: ['0.2.0'] }], [web]],
      [[{ Key: 'PingStatus', Values: ['Online'] }], [web]],
      [[{ Key: 'PingStatus', Values: ['Inactive', 'ConnectionLost'] }], [db, win]],
      [[{ Key: 'PlatformTypes', Values: ['Windows', 'MacOS'] }], [win]],
      [[{ Key: 'ActivationIds', Values: [activationId] }], [db]],
      [[{ Key: 'IamRole', Values: ['MusterNode'] }], [web, db, win]],
      [[{ Key: 'IamRole', Values: ['musternode'] }], []],
      [[{ Key: 'ResourceType', Values: ['ManagedInstance'] }], [web, db, win]],
      [[{ Key: 'ResourceType', Values: ['EC2Instance'] }], []],
      [[{ Key: 'AssociationStatus', Values: ['Success'] }], []],
      [[{ Key: 'SourceIds', Values: [web, UNKNOWN] }], [web]],
      [[{ Key: 'SourceTypes', Values: ['AWS::SSM::ManagedInstance', 'AWS::EC2::Instance'] }], [web, db, win]],
      [[{ Key: 'SourceTypes', Values: ['AWS::EC2::Instance'] }], []],
      [[{ Key: 'tag-key', Values: ['role', 'other'] }], [web]],
      [[{ Key: 'tag:env', Values: ['prod', 'test'] }], [web, db]],
      [
        [
          { Key: 'tag:env', Values: ['prod'] },
          { Key: 'tag:role', Values: ['web'] },
        ],
        [web],
      ],
      [
        [
          { Key: 'tag:env', Values: ['prod'] },
          { Key: 'PingStatus', Values: ['Inactive'] },
        ],
        [db],
      ],
    ]
    for (const [filters, expected] of cases) expect([filters, await idsOf(stand, filters)]).toEqual([filters, expected])

    const old = await stand.call('DescribeInstanceInformation', {
      InstanceInformationFilterList: [{ key: 'PingStatus', valueSet: ['Online'] }],
    })
    expect(old.InstanceInformationList?.map(({ InstanceId }) => InstanceId)).toEqual([web])
  })

  test('are listed by pages that lose and repeat nothing', async () => {
    await using stand = await openFleet(await openStore())
    const made = []
    for (let index = 0; index < 12; index++) made.push(await stand.aNode())
    const all = await pages(async (NextToken) => {
      const page = await stand.call('DescribeInstanceInformation', { MaxResults: 5, NextToken })
      return { items: page.InstanceInformationList ?? [], token: page.NextToken }
    }, 5)
    expect(all.map(({ InstanceId }) => InstanceId)).toEqual(made)
  })

  test('are not listed to whoever filters wrongly', async () => {
    await using stand = await openFleet(await openStore())
    const refused = (input: object) => stand.refused('DescribeInstanceInformation', input)
    const filters = (...Filters: { Key: string; Values: string[] }[]) => refused({ Filters })
    expect(await filters({ Key: 'Colour', Values: ['red'] })).toEqual({ code: 'InvalidFilterKey', text: undefined })
    const twice = { Key: 'IamRole', Values: ['x'] }
    expect((await filters(twice, twice)).code).toBe('InvalidFilterKey')
    expect((await filters({ Key: 'tag:', Values: ['x'] })).code).toBe('InvalidFilterKey')
    expect(await filters({ Key: 'PingStatus', Values: ['Lost'] })).toEqual({
      code: 'InvalidInstanceInformationFilterValue',
      text: 'Lost is not a value of the filter PingStatus.',
    })
    expect((await filters({ Key: 'InstanceIds', Values: ['mi-1'] })).code).toBe('InvalidInstanceInformationFilterValue')
    const both = {
      InstanceInformationFilterList: [{ key: 'PingStatus', valueSet: ['Online'] }],
      Filters: [{ Key: 'PingStatus', Values: ['Online'] }],
    }
    expect(await refused(both)).toEqual({
      code: 'ValidationException',
      text: 'Give InstanceInformationFilterList or Filters, not both.',
    })
    const wrongKey = { InstanceInformationFilterList: [{ key: 'Colour', valueSet: ['red'] }] }
    expect((await refused(wrongKey)).code).toBe('ValidationException')
    expect((await refused({ NextToken: 'garbage' })).code).toBe('InvalidNextToken')
    expect((await refused({ MaxResults: 4 })).code).toBe('ValidationException')
    expect((await refused({ MaxResults: 51 })).code).toBe('ValidationException')
  })

  test('that are deregistered are gone from lists, targets and tags, cut off, and told of once', async () => {
    await using stand = await openFleet(await openStore())
    const InstanceId = await stand.aNode({ Tags: [{ Key: 'env', Value: 'prod' }] })
    const nodeKey = await connect(stand, InstanceId)
    const told: [number, string][] = []
    stand.fleet.subscribe({ deregistered: (key, id) => void told.push([key, id]) })
    await stand.call('DeregisterManagedInstance', { InstanceId })

    expect(await stand.call('DescribeInstanceInformation', {})).toEqual({ InstanceInformationList: [] })
    expect((await stand.call('GetConnectionStatus', { Target: InstanceId })).Status).toBe('notconnected')
    const targets = [{ key: 'tag:env', values: ['prod'] }]
    expect((await stand.fleet.select(stand.db.read, { targets })).known).toEqual([])
    const tags = { ResourceType: 'ManagedInstance', ResourceId: InstanceId }
    expect((await stand.refused('ListTagsForResource', tags)).code).toBe('InvalidResourceId')
    expect(await stand.tags.list(stand.db.read, 'ManagedInstance', InstanceId)).toEqual([])
    expect(await stand.fleet.findNodeForLogin(InstanceId)).toMatchObject({ deregisteredAt: START })
    expect(await stand.fleet.deregistered(stand.db.read, [nodeKey])).toEqual([nodeKey])
    expect(stand.cuts).toEqual([{ nodeKey, reason: 'deregistered' }])
    expect(told).toEqual([[nodeKey, InstanceId]])

    expect(await stand.refused('DeregisterManagedInstance', { InstanceId })).toEqual({
      code: 'InvalidInstanceId',
      text: `${InstanceId} is not a registered node.`,
    })
    expect(stand.cuts).toHaveLength(1)
  })

  test('that nobody knows are not connected and cannot be deregistered', async () => {
    await using stand = await openFleet(await openStore())
    expect((await stand.call('GetConnectionStatus', { Target: 'i-1' })).Status).toBe('notconnected')
    expect((await stand.refused('DeregisterManagedInstance', { InstanceId: UNKNOWN })).code).toBe('InvalidInstanceId')
    const eks = `eks_c:cluster_${'a'.repeat(17)}`
    expect((await stand.refused('DeregisterManagedInstance', { InstanceId: eks })).code).toBe('InvalidInstanceId')
  })

  test('are selected by id and by tag, and an empty selection is nobody', async () => {
    await using stand = await openFleet(await openStore())
    const web = await stand.aNode({
      Tags: [
        { Key: 'env', Value: 'prod' },
        { Key: 'role', Value: 'web' },
      ],
    })
    const db = await stand.aNode({
      Tags: [
        { Key: 'env', Value: 'prod' },
        { Key: 'role', Value: 'db' },
      ],
    })
    const other = await stand.aNode()
    const select = async (request: Parameters<typeof stand.fleet.select>[1]) => {
      const { known, ...rest } = await stand.fleet.select(stand.db.read, request)
      return { known: known.map(({ id }) => id), ...rest }
    }
    const nobody = { known: [], unknown: [], named: false }
    expect(await select({ instanceIds: [db, UNKNOWN, web] })).toEqual({
      known: [web, db],
      unknown: [UNKNOWN],
      named: true,
    })
    const tags = (role: string[]) => [
      { key: 'tag:env', values: ['prod'] },
      { key: 'tag:role', values: role },
    ]
    expect(await select({ targets: tags(['web', 'db']) })).toEqual({ ...nobody, known: [web, db] })
    expect(await select({ targets: tags(['web']) })).toEqual({ ...nobody, known: [web] })
    expect(await select({ targets: tags(['cache']) })).toEqual(nobody)
    const named = { key: 'InstanceIds', values: [other, UNKNOWN] }
    expect(await select({ targets: [named] })).toEqual({ known: [other], unknown: [UNKNOWN], named: true })
    const both = { targets: [{ key: 'InstanceIds', values: [web, other] }, ...tags(['web'])] }
    expect(await select(both)).toEqual({ ...nobody, known: [web] })
    expect(await select({})).toEqual(nobody)
    expect(await select({ instanceIds: [], targets: [] })).toEqual(nobody)
    expect(await select({ targets: [{ key: 'tag:env', values: [] }] })).toEqual({
      ...nobody,
      problem: 'The target key tag:env has no values.',
    })
    expect((await select({ targets: [{ key: 'resource-groups:Name', values: ['x'] }] })).problem).toBe(
      'The target key resource-groups:Name is not supported: use InstanceIds, tag:KEY or tag-key.',
    )
    expect((await select({ instanceIds: [web], targets: tags(['web']) })).problem).toContain('not both')
  })

  test('are known by key to slices that kept it, also after they are gone', async () => {
    await using stand = await openFleet(await openStore())
    const InstanceId = await stand.aNode({ DefaultInstanceName: 'rack-4' })
    const key = await stand.keyOf(InstanceId)
    await stand.call('DeregisterManagedInstance', { InstanceId })
    const { fleet, db } = stand
    expect(await fleet.labels(db.read, [key])).toEqual(
      new Map([[key, { id: InstanceId, name: 'rack-4', registered: false }]]),
    )
    expect((await fleet.publicKeysOf(db.read, key)).map(({ length }) => length)).toEqual([44])
    expect(await fleet.findKey(db.read, UNKNOWN)).toBeUndefined()
    expect(await fleet.labels(db.read, [])).toEqual(new Map())
  })
})
