import type { Operations, QueryFilter } from '@muster/protocol/api'
import { expect, test } from 'vitest'
import { type CommandStand, openCommands, type StandOptions, shell } from '#commands/testing/open-commands.ts'
import type { Database } from '#db/index.ts'
import { describeStores } from '#db/testing/stores.ts'
import { createQueries } from './index.ts'

type Input = Operations['QueryResources']['input']

const open = (db: Database, options: StandOptions = {}) =>
  openCommands(db, { ...options, above: (parts) => createQueries(parts).operations })

const query = (stand: CommandStand, input: Input) => stand.call('QueryResources', input)
const nodeIds = async (stand: CommandStand, input: Omit<Input, 'ResourceType'>) =>
  (await query(stand, { ResourceType: 'Node', ...input })).Items.map(({ Node }) => Node?.InstanceId)

describeStores('QueryResources of nodes', (openStore) => {
  const threeNodes = async (stand: CommandStand) => {
    const web = await stand.aNode({ tags: { env: 'prod' } })
    const db = await stand.aNode({ platformType: 'Windows' })
    const win = await stand.aNode({ platformType: 'Windows' })
    await web.connect()
    return [web.nodeId, db.nodeId, win.nodeId] as const
  }

  test('answers a part, how many there are, and counts', async () => {
    await using stand = await open(await openStore())
    const [web, second, third] = await threeNodes(stand)
    const answer = await query(stand, {
      ResourceType: 'Node',
      ...{ Offset: 1, MaxResults: 1, Facets: ['PlatformType', 'PingStatus', 'PlatformType'] },
    })
    expect(answer.Items.map(({ Node }) => Node?.InstanceId)).toEqual([second])
    expect(answer.Total).toBe(3)
    expect(answer.Facets).toEqual([
      {
        Key: 'PlatformType',
        Values: [
          { Value: 'Windows', Count: 2 },
          { Value: 'Linux', Count: 1 },
        ],
      },
      {
        Key: 'PingStatus',
        Values: [
          { Value: 'Inactive', Count: 2 },
          { Value: 'Online', Count: 1 },
        ],
      },
    ])
    expect(await nodeIds(stand, {})).toEqual([web, second, third])
    expect(await query(stand, { ResourceType: 'Node', Offset: 3 })).toEqual({ Items: [], Total: 3, Facets: [] })
  })

  test('shows what DescribeInstanceInformation shows, with tags, policy and architecture', async () => {
    await using stand = await open(await openStore())
    const [web] = await threeNodes(stand)
    const Filter = [{ Key: 'InstanceId', Values: [web] }]
    const { Items } = await query(stand, { ResourceType: 'Node', Filter })
    const { InstanceInformationList } = await stand.call('DescribeInstanceInformation', {
      Filters: [{ Key: 'InstanceIds', Values: [web] }],
    })
    expect(Items).toEqual([
      {
        Node: {
          ...InstanceInformationList?.[0],
          ...{ Architecture: 'x86_64', PolicyMode: 'full', Tags: [{ Key: 'env', Value: 'prod' }] },
        },
      },
    ])
  })

  test('are filtered, and total and counts with them', async () => {
    await using stand = await open(await openStore())
    const [web, second, third] = await threeNodes(stand)
    const cases: [NonNullable<Input['Filter']>, unknown[]][] = [
      [[{ Key: 'PlatformType', Values: ['Windows'] }], [second, third]],
      [[{ Key: 'PingStatus', Values: ['Online'] }], [web]],
      [[{ Key: 'tag:env', Values: ['prod'] }], [web]],
      [[{ Key: 'tag:env', Operator: 'NotEqual', Values: ['prod'] }], [second, third]],
      [[{ Key: 'Name', Operator: 'BeginWith', Values: ['rack'] }], []],
      [[{ Key: 'RegistrationDate', Operator: 'GreaterThan', Values: ['2000-01-01T00:00:00Z'] }], [web, second, third]],
      [[{ Key: 'LastPingDateTime', Operator: 'LessThan', Values: ['2000-01-01T00:00:00Z'] }], []],
      [[{ Key: 'Region', Values: ['mars'] }], []],
    ]
    for (const [Filter, expected] of cases) {
      const { Items, Total, Facets } = await query(stand, { ResourceType: 'Node', Filter, Facets: ['IamRole'] })
      const ids = Items.map(({ Node }) => Node?.InstanceId)
      const counted = Facets[0]?.Values.map(({ Count }) => Count)
      expect([Filter, ids, Total, counted]).toEqual([
        ...[Filter, expected, expected.length, expected.length === 0 ? [] : [expected.length]],
      ])
    }
  })

  test('are sorted by what they show, those without a value first, equal ones as they enrolled', async () => {
    await using stand = await open(await openStore())
    const [web, second, third] = await threeNodes(stand)
    const by = (Key: string, Order?: 'Ascending' | 'Descending') => nodeIds(stand, { Sort: { Key, Order } })
    expect(await by('PlatformType')).toEqual([web, second, third])
    expect(await by('PlatformType', 'Descending')).toEqual([second, third, web])
    expect(await by('PingStatus', 'Descending')).toEqual([web, second, third])
    expect(await by('PingStatus')).toEqual([second, third, web])
    expect(await by('LastPingDateTime')).toEqual([second, third, web])
    expect(await by('InstanceId')).toEqual([web, second, third].toSorted())
    expect(await by('Name', 'Descending')).toEqual([web, second, third])
  })
})

describeStores('QueryResources of commands and invocations', (openStore) => {
  test('commands come newest first, with who asked and when they ended', async () => {
    await using stand = await open(await openStore())
    const [node] = await stand.nodes(1)
    const first = await stand.send({ ...shell('true'), Comment: 'one' }, [node!])
    await stand.settled(node!)
    stand.clock.advance(60_000)
    await node!.disconnect()
    const second = await stand.send({ ...shell('true'), Comment: 'two' }, [node!])
    const { Items, Total } = await query(stand, { ResourceType: 'Command' })
    expect([Items.map(({ Command }) => Command?.CommandId), Total]).toEqual([[second, first], 2])
    const { Commands = [] } = await stand.call('ListCommands', { CommandId: first })
    expect(Items[1]).toEqual({
      Command: { ...Commands[0], RequestedBy: stand.root.arn, EndedDateTime: expect.any(Number) },
    })
    const ids = async (input: Omit<Input, 'ResourceType'>) =>
      (await query(stand, { ResourceType: 'Command', ...input })).Items.map(({ Command }) => Command?.CommandId)
    const after = {
      Key: 'RequestedDateTime',
      Operator: 'GreaterThan',
      Values: ['2026-11-24T12:00:30Z'],
    } satisfies QueryFilter
    expect(await ids({ Filter: [after] })).toEqual([second])
    expect(await ids({ Filter: [{ Key: 'Status', Values: ['Success', 'Failed'] }] })).toEqual([first])
    expect(await ids({ Filter: [{ Key: 'Status', Operator: 'NotEqual', Values: ['Success'] }] })).toEqual([second])
    expect(await ids({ Filter: [{ Key: 'Comment', Operator: 'BeginWith', Values: ['t'] }] })).toEqual([second])
    expect(await ids({ Filter: [{ Key: 'ErrorCount', Operator: 'GreaterThan', Values: ['0'] }] })).toEqual([])
    expect(await ids({ Sort: { Key: 'RequestedDateTime' } })).toEqual([first, second])
    expect(await ids({ Sort: { Key: 'EndedDateTime', Order: 'Descending' } })).toEqual([first, second])
    const { Facets } = await query(stand, { ResourceType: 'Command', Facets: ['Status', 'DocumentName'] })
    expect(Facets).toEqual([
      {
        Key: 'Status',
        Values: [
          { Value: 'Pending', Count: 1 },
          { Value: 'Success', Count: 1 },
        ],
      },
      { Key: 'DocumentName', Values: [{ Value: 'AWS-RunShellScript', Count: 2 }] },
    ])
  })

  test('invocations of a command come failed first when sorted by status, and are counted by it', async () => {
    await using stand = await open(await openStore())
    const good = await stand.nodes(2)
    const [bad] = await stand.nodes(1, { behaviours: { onWork: () => ({ exitCode: 3 }) } })
    const [silent] = await stand.nodes(1, { behaviours: { onWork: () => ({ silent: true }) } })
    const id = await stand.send({ ...shell('true'), MaxErrors: '9' }, [...good, bad!, silent!])
    await stand.until(async () => (await stand.command(id)).CompletedCount === 3)
    await stand.until(async () => (await stand.view(id, silent!)).Status === 'InProgress')
    const Filter = [{ Key: 'CommandId', Values: [id] }]
    const ask = (input: Partial<Input>) => query(stand, { ResourceType: 'Invocation', Filter, ...input })
    const sorted = await ask({ Sort: { Key: 'Status' }, Facets: ['Status'], MaxResults: 3 })
    expect(sorted.Items.map(({ Invocation }) => Invocation?.Status)).toEqual(['Failed', 'InProgress', 'Success'])
    expect(sorted.Items[0]?.Invocation).toMatchObject({
      ...{ InstanceId: bad!.nodeId, StartedDateTime: expect.any(Number), EndedDateTime: expect.any(Number) },
    })
    expect(sorted.Total).toBe(4)
    expect(sorted.Facets[0]?.Values).toEqual([
      { Value: 'Success', Count: 2 },
      { Value: 'Failed', Count: 1 },
      { Value: 'InProgress', Count: 1 },
    ])
    const failed = await ask({ Filter: [...Filter, { Key: 'Status', Values: ['Failed'] }] })
    expect(failed.Items.map(({ Invocation }) => Invocation?.InstanceId)).toEqual([bad!.nodeId])
    const ofNode = await ask({ Filter: [{ Key: 'InstanceId', Values: [good[0]!.nodeId, 'mi-00000000000000000'] }] })
    expect([ofNode.Total, ofNode.Items[0]?.Invocation?.CommandId]).toEqual([1, id])
    const none = await ask({ Filter: [{ Key: 'InstanceId', Values: ['mi-00000000000000000'] }] })
    expect(none).toMatchObject({ Items: [], Total: 0 })
  })
})

describeStores('QueryResources', (openStore) => {
  test('refuses what it cannot ask, with a sentence', async () => {
    await using stand = await open(await openStore())
    const cases: [object, string, string][] = [
      [
        { ResourceType: 'Node', Filter: [{ Key: 'Colour', Values: ['red'] }] },
        'InvalidFilter',
        'There is no filter Colour.',
      ],
      [
        { ResourceType: 'Command', Filter: [{ Key: 'Colour', Values: ['red'] }] },
        'InvalidFilter',
        'There is no filter Colour.',
      ],
      [
        { ResourceType: 'Command', Filter: [{ Key: 'Comment', Operator: 'LessThan', Values: ['a'] }] },
        'InvalidFilter',
        'The filter Comment cannot be asked with LessThan a.',
      ],
      [
        { ResourceType: 'Command', Filter: [{ Key: 'EndedDateTime', Operator: 'LessThan', Values: ['soon'] }] },
        'InvalidFilter',
        'The filter EndedDateTime cannot be asked with LessThan soon.',
      ],
      [
        { ResourceType: 'Command', Filter: ['a', 'b'].map((value) => ({ Key: 'Comment', Values: [value] })) },
        'InvalidFilter',
        'The filter Comment is given twice.',
      ],
      [
        { ResourceType: 'Invocation', Filter: [{ Key: 'Status', Values: ['Failed'] }] },
        'InvalidFilter',
        'Invocations are queried by CommandId or by InstanceId, with Equal.',
      ],
      [
        { ResourceType: 'Invocation', Filter: [{ Key: 'InstanceId', Operator: 'NotEqual', Values: ['mi-1'] }] },
        'InvalidFilter',
        'The filter InstanceId cannot be asked with NotEqual mi-1.',
      ],
      [{ ResourceType: 'Node', Sort: { Key: 'tag:env' } }, 'ValidationException', 'Nodes cannot be sorted by tag:env.'],
      [
        { ResourceType: 'Command', Sort: { Key: 'Comment' } },
        'ValidationException',
        'Commands cannot be sorted by Comment.',
      ],
      [{ ResourceType: 'Node', Facets: ['Region'] }, 'ValidationException', 'Nodes cannot be counted by Region.'],
      [
        { ResourceType: 'Command', Facets: ['CommandId'] },
        'ValidationException',
        'Commands cannot be counted by CommandId.',
      ],
    ]
    for (const [input, code, text] of cases)
      expect(await stand.refused('QueryResources', input)).toEqual({ code, text })
    for (const input of [{ MaxResults: 101 }, { Offset: -1 }, { Offset: 100_001 }, { Facets: [...'abcdef'] }])
      expect((await stand.refused('QueryResources', { ResourceType: 'Node', ...input })).code).toBe(
        'ValidationException',
      )
  })

  test('is for those who may call the list that shows the same', async () => {
    const allowed = new Set(['muster:QueryResources', 'ssm:ListCommands'])
    await using stand = await open(await openStore(), {
      decide: (action) => ({ allowed: allowed.has(action), reason: `no ${action}` }),
    })
    expect((await query(stand, { ResourceType: 'Command' })).Total).toBe(0)
    const denied = (ResourceType: string) => stand.refused('QueryResources', { ResourceType })
    expect(await denied('Node')).toEqual({
      code: 'AccessDeniedException',
      text: 'no ssm:DescribeInstanceInformation',
    })
    expect((await denied('Invocation')).text).toBe('no ssm:ListCommandInvocations')
  })
})
