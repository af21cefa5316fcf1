import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../rig/until.ts'
import { type Boto3, startBoto3 } from './clients/boto3.ts'
import { outputOf } from './clients/client.ts'
import { GREET, jsonDocument, LARGE, LONG, yamlDocument } from './script.ts'
import { startWorld, type World } from './world.ts'

let world: World
let boto3: Boto3
let nodeId: string

beforeAll(async () => {
  world = await startWorld()
  boto3 = startBoto3(world.controller)
  nodeId = world.agent.nodeId
})
afterAll(async () => {
  await boto3[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

const BOTH_TAGS = [
  { Key: 'tag:role', Values: ['web', 'db'] },
  { Key: 'tag:stage', Values: ['test'] },
]

async function send(commands: readonly string[], to: object = { InstanceIds: [nodeId] }): Promise<string> {
  const input = { DocumentName: 'AWS-RunShellScript', Parameters: { commands }, ...to }
  return outputOf(await boto3.call('SendCommand', input)).Command?.CommandId ?? ''
}
const get = async (CommandId: string) =>
  outputOf(await boto3.call('GetCommandInvocation', { CommandId, InstanceId: nodeId }))

describe('boto3', () => {
  it('sends by two tags, waits and gets the true result', async () => {
    const id = await send(GREET, { Targets: BOTH_TAGS, Comment: 'by tags' })
    expect(await boto3.wait(id, nodeId)).toEqual({ ok: true, output: {} })
    expect(await get(id)).toMatchObject({
      CommandId: id,
      InstanceId: nodeId,
      Comment: 'by tags',
      DocumentName: 'AWS-RunShellScript',
      Status: 'Success',
      StatusDetails: 'Success',
      ResponseCode: 0,
      StandardOutputContent: 'out of the script\n',
      StandardErrorContent: 'beside it\n',
      ExecutionStartDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      ExecutionElapsedTime: expect.stringMatching(/^PT[\d.]+S$/),
    })
    const { Commands } = outputOf(await boto3.call('ListCommands', { CommandId: id }))
    expect(Commands).toMatchObject([{ Status: 'Success', Targets: BOTH_TAGS, TargetCount: 1, CompletedCount: 1 }])
    const { CommandInvocations } = outputOf(
      await boto3.call('ListCommandInvocations', { CommandId: id, Details: true }),
    )
    expect(CommandInvocations).toMatchObject([
      {
        InstanceId: nodeId,
        InstanceName: 'real',
        Status: 'Success',
        CommandPlugins: [
          {
            Status: 'Success',
            ResponseCode: 0,
            Output: 'out of the script\n\n----------ERROR-------\nbeside it\n',
          },
        ],
      },
    ])
  })

  it('finds a failure with its exit status, 24,000 characters of it and 2,500 in the list', async () => {
    const id = await send(LARGE)
    expect(await boto3.wait(id, nodeId)).toMatchObject({
      ok: false,
      kind: 'WaiterError',
      text: expect.stringMatching(/Status.*"Failed"/),
    })
    const found = await get(id)
    expect(found).toMatchObject({ Status: 'Failed', ResponseCode: 3 })
    expect(found.StandardOutputContent).toHaveLength(24_000)
    const { CommandInvocations } = outputOf(
      await boto3.call('ListCommandInvocations', { CommandId: id, Details: true }),
    )
    const output = CommandInvocations?.[0]?.CommandPlugins?.[0]?.Output
    expect(output).toHaveLength(2500)
    expect(output).toMatch(/^x+\n---Output truncated---$/)
  })

  it('cancels a command that runs, and its waiter says so', async () => {
    const id = await send(LONG)
    await until('the command runs', async () => (await get(id)).Status === 'InProgress')
    expect(outputOf(await boto3.call('CancelCommand', { CommandId: id, InstanceIds: [nodeId] }))).toMatchObject({})
    expect(await boto3.wait(id, nodeId)).toMatchObject({
      ok: false,
      kind: 'WaiterError',
      text: expect.stringMatching(/"Cancell(ed|ing)"/),
    })
    await until('the command is cancelled', async () => (await get(id)).Status === 'Cancelled')
  })

  it('pages through commands, invocations, nodes and activations without a gap or a repeat', async () => {
    const ids = [world.agent, ...world.offline].map((node) => node.nodeId)
    const sent: string[] = []
    for (const word of ['one', 'two', 'three'])
      sent.push(await send(['true'], { InstanceIds: ids.slice(1), Comment: word, MaxErrors: '100%' }))

    const commands = await boto3.pages('ListCommands', { InstanceId: ids[1] }, 2)
    expect(commands.map(({ Commands }) => Commands?.length)).toEqual([2, 1])
    expect(commands.flatMap(({ Commands }) => Commands?.map(({ CommandId }) => CommandId))).toEqual(sent.toReversed())

    const invocations = await boto3.pages('ListCommandInvocations', { CommandId: sent[0] }, 4)
    expect(invocations.map(({ CommandInvocations }) => CommandInvocations?.length)).toEqual([4, 2])
    expect(invocations.flatMap((page) => page.CommandInvocations?.map(({ InstanceId }) => InstanceId))).toEqual(
      ids.slice(1),
    )

    const nodes = await boto3.pages('DescribeInstanceInformation', {}, 5)
    expect(nodes.map(({ InstanceInformationList }) => InstanceInformationList?.length)).toEqual([5, 2])
    const seen = nodes.flatMap((page) => page.InstanceInformationList?.map(({ InstanceId }) => InstanceId))
    expect(seen.toSorted()).toEqual(ids.toSorted())

    const activations = await boto3.pages('DescribeActivations', {}, 1)
    expect(activations.map(({ ActivationList }) => ActivationList?.length)).toEqual([1, 1])
  })

  it('is told that a token does not continue another list (row 57)', async () => {
    const { NextToken } = outputOf(await boto3.call('ListCommands', { MaxResults: 1 }))
    expect(outputOf(await boto3.call('ListCommands', { MaxResults: 1, NextToken })).Commands).toHaveLength(1)
    for (const outcome of [
      await boto3.call('ListCommands', { InstanceId: nodeId, NextToken }),
      await boto3.call('ListCommandInvocations', { NextToken }),
    ])
      expect(outcome).toMatchObject({ code: 'InvalidNextToken', kind: 'InvalidNextToken' })
  })

  it('finds nodes by their state and says whether they are connected', async () => {
    const filters = [
      { Key: 'PingStatus', Values: ['Online'] },
      { Key: 'PlatformTypes', Values: ['Linux'] },
    ]
    const { InstanceInformationList } = outputOf(await boto3.call('DescribeInstanceInformation', { Filters: filters }))
    expect(InstanceInformationList).toMatchObject([
      {
        InstanceId: nodeId,
        Name: 'real',
        PingStatus: 'Online',
        ResourceType: 'ManagedInstance',
        IamRole: 'MusterNode',
      },
    ])
    const statusOf = async (Target = '') => outputOf(await boto3.call('GetConnectionStatus', { Target }))
    expect(await statusOf(nodeId)).toMatchObject({ Target: nodeId, Status: 'connected' })
    expect(await statusOf(world.offline[0]?.nodeId)).toMatchObject({ Status: 'notconnected' })
  })

  it('tags a node, finds it by the new tag, and takes the tag away', async () => {
    const resource = { ResourceType: 'ManagedInstance', ResourceId: nodeId }
    outputOf(await boto3.call('AddTagsToResource', { ...resource, Tags: [{ Key: 'colour', Value: 'red' }] }))
    expect(outputOf(await boto3.call('ListTagsForResource', resource)).TagList).toEqual(
      expect.arrayContaining([
        { Key: 'colour', Value: 'red' },
        { Key: 'role', Value: 'web' },
      ]),
    )
    const id = await send(['true'], { Targets: [{ Key: 'tag:colour', Values: ['red'] }] })
    expect(await boto3.wait(id, nodeId)).toMatchObject({ ok: true })
    outputOf(await boto3.call('RemoveTagsFromResource', { ...resource, TagKeys: ['colour'] }))
    const { TagList } = outputOf(await boto3.call('ListTagsForResource', resource))
    expect(TagList?.map(({ Key }) => Key).toSorted()).toEqual(['role', 'stage'])
  })

  it.each([
    ['JSON', jsonDocument],
    ['YAML', yamlDocument],
  ])('makes a document in %s, runs it, and deletes it', async (format, content) => {
    const document = { Name: `Say-${format}`, DocumentFormat: format, DocumentType: 'Command', Content: content }
    const { DocumentDescription } = outputOf(await boto3.call('CreateDocument', document))
    expect(DocumentDescription).toMatchObject({ Name: document.Name, DocumentVersion: '1', SchemaVersion: '2.2' })
    const name = { Name: document.Name }
    const asMade = { ...name, DocumentFormat: format }
    expect(outputOf(await boto3.call('GetDocument', asMade))).toMatchObject({
      Content: content,
      DocumentFormat: format,
    })
    expect(outputOf(await boto3.call('GetDocument', name))).toMatchObject({ DocumentFormat: 'JSON' })
    expect(outputOf(await boto3.call('DescribeDocument', name)).Document).toMatchObject({
      Description: 'Says a word.',
      Parameters: [{ Name: 'word', Type: 'String', DefaultValue: 'hello' }],
      PlatformTypes: ['Linux', 'MacOS'],
    })
    const own = { Filters: [{ Key: 'Owner', Values: ['Self'] }] }
    const { DocumentIdentifiers } = outputOf(await boto3.call('ListDocuments', own))
    expect(DocumentIdentifiers?.map(({ Name }) => Name)).toEqual([document.Name])
    const some = { Filters: [{ Key: 'Name', Values: ['AWS-RunPowerShell', 'AWS-RunShell', document.Name] }] }
    const pages = await boto3.pages('ListDocuments', some, 1)
    expect(pages.map((page) => page.DocumentIdentifiers?.map(({ Name }) => Name))).toEqual([
      ['AWS-RunPowerShellScript'],
      ['AWS-RunShellScript'],
      [document.Name],
    ])

    const to = { DocumentName: document.Name, InstanceIds: [nodeId], Parameters: { word: ['Greetings'] } }
    const id = outputOf(await boto3.call('SendCommand', to)).Command?.CommandId ?? ''
    expect(await boto3.wait(id, nodeId)).toMatchObject({ ok: true })
    expect(await get(id)).toMatchObject({ StandardOutputContent: `Greetings from ${format}\n`, PluginName: 'say' })

    outputOf(await boto3.call('DeleteDocument', name))
    expect(await boto3.call('GetDocument', name)).toMatchObject({ ok: false, code: 'InvalidDocument' })
  })

  it('makes an activation, sees it and deletes it', async () => {
    const made = outputOf(
      await boto3.call('CreateActivation', { IamRole: 'MusterNode', RegistrationLimit: 3, Description: 'a rack' }),
    )
    expect(made.ActivationCode).toMatch(/^\S{20,250}$/)
    const filter = { Filters: [{ FilterKey: 'ActivationIds', FilterValues: [made.ActivationId] }] }
    const find = async () => outputOf(await boto3.call('DescribeActivations', filter)).ActivationList
    expect(await find()).toMatchObject([
      { Description: 'a rack', RegistrationLimit: 3, RegistrationsCount: 0, Expired: false, IamRole: 'MusterNode' },
    ])
    outputOf(await boto3.call('DeleteActivation', { ActivationId: made.ActivationId }))
    expect(await find()).toEqual([])
  })

  it('deregisters a node, which is then in no list', async () => {
    const gone = world.offline.at(-1)?.nodeId
    outputOf(await boto3.call('DeregisterManagedInstance', { InstanceId: gone }))
    const filter = { Filters: [{ Key: 'InstanceIds', Values: [gone] }] }
    expect(outputOf(await boto3.call('DescribeInstanceInformation', filter)).InstanceInformationList).toEqual([])
    expect(await boto3.call('DeregisterManagedInstance', { InstanceId: gone })).toMatchObject({
      ...{ code: 'InvalidInstanceId', kind: 'InvalidInstanceId' },
    })
  })

  it('is told by the token service who it is', async () => {
    expect(outputOf(await boto3.other('sts', 'GetCallerIdentity'))).toMatchObject({
      UserId: world.controller.accountId,
      Account: world.controller.accountId,
      Arn: `arn:aws:iam::${world.controller.accountId}:root`,
    })
  })
})
