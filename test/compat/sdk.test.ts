import {
  AddTagsToResourceCommand,
  CancelCommandCommand,
  CreateActivationCommand,
  CreateDocumentCommand,
  DeleteActivationCommand,
  DeleteDocumentCommand,
  DeregisterManagedInstanceCommand,
  DescribeActivationsCommand,
  DescribeDocumentCommand,
  DescribeInstanceInformationCommand,
  type DocumentFormat,
  GetCommandInvocationCommand,
  GetConnectionStatusCommand,
  GetDocumentCommand,
  InvalidDocument,
  InvalidInstanceId,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  ListDocumentsCommand,
  ListTagsForResourceCommand,
  paginateDescribeInstanceInformation,
  paginateListCommandInvocations,
  paginateListCommands,
  RemoveTagsFromResourceCommand,
  SendCommandCommand,
  type SendCommandCommandInput,
  SSMClient,
  waitUntilCommandExecuted,
} from '@aws-sdk/client-ssm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../rig/until.ts'
import { sdkConfig } from './clients/sdk.ts'
import { GREET, jsonDocument, LARGE, LONG, yamlDocument } from './script.ts'
import { startWorld, type World } from './world.ts'

let world: World
let client: SSMClient
let nodeId: string

beforeAll(async () => {
  world = await startWorld()
  client = new SSMClient(sdkConfig(world.controller))
  nodeId = world.agent.nodeId
})
afterAll(async () => {
  client.destroy()
  await world[Symbol.asyncDispose]()
})

async function send(commands: string[], to: Partial<SendCommandCommandInput> = { InstanceIds: [nodeId] }) {
  const input = { DocumentName: 'AWS-RunShellScript', Parameters: { commands }, ...to }
  const { Command } = await client.send(new SendCommandCommand(input))
  return Command?.CommandId ?? ''
}
const get = (CommandId: string) => client.send(new GetCommandInvocationCommand({ CommandId, InstanceId: nodeId }))
const wait = (CommandId: string) =>
  waitUntilCommandExecuted({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { CommandId, InstanceId: nodeId })

async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const page of pages) all.push(page)
  return all
}

describe('@aws-sdk/client-ssm', () => {
  it('sends by two tags, waits and gets the true result', async () => {
    const Targets = [
      { Key: 'tag:role', Values: ['web', 'db'] },
      { Key: 'tag:stage', Values: ['test'] },
    ]
    const before = Date.now()
    const id = await send(GREET, { Targets, Comment: 'by tags' })
    expect((await wait(id)).state).toBe('SUCCESS')
    expect(await get(id)).toMatchObject({
      CommandId: id,
      InstanceId: nodeId,
      Comment: 'by tags',
      Status: 'Success',
      ResponseCode: 0,
      StandardOutputContent: 'out of the script\n',
      StandardErrorContent: 'beside it\n',
    })
    const { Commands } = await client.send(new ListCommandsCommand({ CommandId: id }))
    expect(Commands).toMatchObject([{ Status: 'Success', Targets, TargetCount: 1, CompletedCount: 1, ErrorCount: 0 }])
    const requested = Commands?.[0]?.RequestedDateTime
    expect(requested).toBeInstanceOf(Date)
    expect(Math.abs(Number(requested) - before)).toBeLessThan(30_000)
    const listed = await client.send(new ListCommandInvocationsCommand({ CommandId: id, Details: true }))
    expect(listed.CommandInvocations).toMatchObject([
      {
        InstanceId: nodeId,
        CommandPlugins: [{ ResponseCode: 0, Output: 'out of the script\n\n----------ERROR-------\nbeside it\n' }],
      },
    ])
  })

  it('waits for a failure and finds its exit status', async () => {
    const id = await send(LARGE)
    await expect(wait(id)).rejects.toThrow(/"state":"FAILURE"/)
    const { Status, ResponseCode, StandardOutputContent } = await get(id)
    expect([Status, ResponseCode, StandardOutputContent?.length]).toEqual(['Failed', 3, 24_000])
  })

  it('cancels a command that runs, and its waiter says so', async () => {
    const id = await send(LONG)
    await until('the command runs', async () => (await get(id)).Status === 'InProgress')
    await client.send(new CancelCommandCommand({ CommandId: id }))
    await expect(wait(id)).rejects.toThrow(/"state":"FAILURE"/)
    await until('the command is cancelled', async () => (await get(id)).Status === 'Cancelled')
  })

  it('pages through commands, invocations and nodes without a gap or a repeat', async () => {
    const ids = [world.agent, ...world.offline].map((node) => node.nodeId)
    const sent: string[] = []
    for (const Comment of ['one', 'two', 'three'])
      sent.push(await send(['true'], { InstanceIds: ids.slice(1), Comment }))

    const commands = await collect(paginateListCommands({ client, pageSize: 2 }, { InstanceId: ids[1] }))
    expect(commands.map(({ Commands }) => Commands?.map(({ CommandId }) => CommandId))).toEqual([
      [sent[2], sent[1]],
      [sent[0]],
    ])
    const ofFirst = { CommandId: sent[0] }
    const invocations = await collect(paginateListCommandInvocations({ client, pageSize: 4 }, ofFirst))
    expect(invocations.map(({ CommandInvocations }) => CommandInvocations?.length)).toEqual([4, 2])
    expect(invocations.flatMap((page) => page.CommandInvocations?.map(({ InstanceId }) => InstanceId))).toEqual(
      ids.slice(1),
    )
    const nodes = await collect(paginateDescribeInstanceInformation({ client, pageSize: 5 }, {}))
    const seen = nodes.flatMap((page) => page.InstanceInformationList?.map(({ InstanceId }) => InstanceId))
    expect(nodes).toHaveLength(2)
    expect(seen.toSorted()).toEqual(ids.toSorted())
  })

  it('finds nodes by their state and says whether they are connected', async () => {
    const Filters = [{ Key: 'PingStatus', Values: ['Online'] }]
    const { InstanceInformationList } = await client.send(new DescribeInstanceInformationCommand({ Filters }))
    expect(InstanceInformationList).toMatchObject([{ InstanceId: nodeId, Name: 'real', PlatformType: 'Linux' }])
    expect(InstanceInformationList?.[0]?.RegistrationDate).toBeInstanceOf(Date)
    const { Status } = await client.send(new GetConnectionStatusCommand({ Target: nodeId }))
    expect(Status).toBe('connected')
  })

  it('tags a node and takes the tag away', async () => {
    const resource = { ResourceType: 'ManagedInstance', ResourceId: nodeId } as const
    const keys = async () =>
      (await client.send(new ListTagsForResourceCommand(resource))).TagList?.map(({ Key }) => Key).toSorted()
    await client.send(new AddTagsToResourceCommand({ ...resource, Tags: [{ Key: 'colour', Value: 'red' }] }))
    expect(await keys()).toEqual(['colour', 'role', 'stage'])
    await client.send(new RemoveTagsFromResourceCommand({ ...resource, TagKeys: ['colour'] }))
    expect(await keys()).toEqual(['role', 'stage'])
  })

  it.each<[DocumentFormat, string]>([
    ['JSON', jsonDocument],
    ['YAML', yamlDocument],
  ])('makes a document in %s, runs it, and deletes it', async (DocumentFormat, Content) => {
    const Name = `Say-${DocumentFormat}`
    await client.send(new CreateDocumentCommand({ Name, Content, DocumentFormat, DocumentType: 'Command' }))
    expect(await client.send(new GetDocumentCommand({ Name, DocumentFormat }))).toMatchObject({ Content })
    const { Document } = await client.send(new DescribeDocumentCommand({ Name }))
    expect(Document).toMatchObject({ SchemaVersion: '2.2', Parameters: [{ Name: 'word', DefaultValue: 'hello' }] })
    const own = { Filters: [{ Key: 'Owner', Values: ['Self'] }] }
    const { DocumentIdentifiers } = await client.send(new ListDocumentsCommand(own))
    expect(DocumentIdentifiers).toMatchObject([{ Name, DocumentFormat, DocumentVersion: '1' }])

    const to = { DocumentName: Name, InstanceIds: [nodeId] }
    const { Command } = await client.send(new SendCommandCommand(to))
    await wait(Command?.CommandId ?? '')
    const { StandardOutputContent } = await get(Command?.CommandId ?? '')
    expect(StandardOutputContent).toBe(`hello from ${DocumentFormat}\n`)

    await client.send(new DeleteDocumentCommand({ Name }))
    await expect(client.send(new GetDocumentCommand({ Name }))).rejects.toBeInstanceOf(InvalidDocument)
  })

  it('makes an activation, sees it and deletes it', async () => {
    const ExpirationDate = new Date(Math.floor(Date.now() / 1000) * 1000 + 3_600_000)
    const { ActivationId } = await client.send(new CreateActivationCommand({ IamRole: 'MusterNode', ExpirationDate }))
    const find = async () => {
      const Filters = [{ FilterKey: 'ActivationIds' as const, FilterValues: [ActivationId ?? ''] }]
      return (await client.send(new DescribeActivationsCommand({ Filters }))).ActivationList
    }
    expect(await find()).toMatchObject([{ ActivationId, ExpirationDate, RegistrationLimit: 1, Expired: false }])
    await client.send(new DeleteActivationCommand({ ActivationId }))
    expect(await find()).toEqual([])
  })

  it('deregisters a node, which is then unknown', async () => {
    const gone = { InstanceId: world.offline.at(-1)?.nodeId }
    await client.send(new DeregisterManagedInstanceCommand(gone))
    await expect(client.send(new DeregisterManagedInstanceCommand(gone))).rejects.toBeInstanceOf(InvalidInstanceId)
  })
})
