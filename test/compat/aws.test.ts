import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Operations } from '@muster/protocol/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../rig/until.ts'
import { type Aws, createAws } from './clients/aws.ts'
import { GREET, jsonDocument, LARGE, LONG, yamlDocument } from './script.ts'
import { startWorld, type World } from './world.ts'

let world: World
let aws: Aws
let nodeId: string

beforeAll(async () => {
  world = await startWorld()
  aws = await createAws(world.controller)
  nodeId = world.agent.nodeId
})
afterAll(async () => {
  await aws[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

type Output<O extends keyof Operations> = Operations[O]['output']

const ssm = <T>(...args: readonly string[]): Promise<T> => aws.json(['ssm', ...args])
/** A command that prints nothing. */
async function quiet(...args: readonly string[]): Promise<void> {
  expect(await aws.run(['ssm', ...args])).toEqual({ status: 0, stdout: '', stderr: '' })
}

async function send(commands: readonly string[], ...to: readonly string[]): Promise<string> {
  const parameters = JSON.stringify({ commands })
  const { Command } = await ssm<Output<'SendCommand'>>(
    ...['send-command', '--document-name', 'AWS-RunShellScript', '--parameters', parameters],
    ...(to.length > 0 ? to : ['--instance-ids', nodeId]),
  )
  return Command?.CommandId ?? ''
}
const naming = (id: string): string[] => ['--command-id', id, '--instance-id', nodeId]
const get = (id: string) => ssm<Output<'GetCommandInvocation'>>('get-command-invocation', ...naming(id))
/** Without waiting for the next of the waiter's rounds, which come every five seconds. */
const over = (id: string) =>
  until('the command is over', async () => {
    const { Status } = await world.controller.call('GetCommandInvocation', { CommandId: id, InstanceId: nodeId })
    return !/^(Pending|InProgress|Delayed|Cancelling)$/.test(Status ?? '')
  })
const wait = (id: string) => aws.run(['ssm', 'wait', 'command-executed', ...naming(id)])

/** Each line that is run is a Python process of its own. */
const SLOW = { timeout: 120_000 }

describe('the aws CLI', SLOW, () => {
  it('sends by two tags, waits and gets the true result', async () => {
    const id = await send(GREET, '--targets', 'Key=tag:role,Values=web,db', 'Key=tag:stage,Values=test')
    expect(await wait(id)).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(await get(id)).toMatchObject({
      CommandId: id,
      InstanceId: nodeId,
      Status: 'Success',
      StatusDetails: 'Success',
      ResponseCode: 0,
      StandardOutputContent: 'out of the script\n',
      StandardErrorContent: 'beside it\n',
    })
    const listed = await ssm<Output<'ListCommands'>>('list-commands', '--command-id', id)
    expect(listed.Commands).toMatchObject([{ Status: 'Success', TargetCount: 1, CompletedCount: 1 }])
    const details = ['list-command-invocations', '--command-id', id, '--details']
    const { CommandInvocations } = await ssm<Output<'ListCommandInvocations'>>(...details)
    expect(CommandInvocations).toMatchObject([
      {
        InstanceId: nodeId,
        CommandPlugins: [{ ResponseCode: 0, Output: 'out of the script\n\n----------ERROR-------\nbeside it\n' }],
      },
    ])
    const query = ['--query', 'StandardOutputContent', '--output', 'text']
    const { stdout } = await aws.run(['ssm', 'get-command-invocation', ...naming(id), ...query])
    expect(stdout).toBe('out of the script\n\n')
  })

  it('waits for a failure and finds its exit status', async () => {
    const id = await send(LARGE)
    await over(id)
    expect(await wait(id)).toMatchObject({
      status: 255,
      stderr:
        'Waiter CommandExecuted failed: Waiter encountered a terminal failure state: For expression "Status" we matched expected path: "Failed"',
    })
    const { Status, ResponseCode, StandardOutputContent } = await get(id)
    expect([Status, ResponseCode, StandardOutputContent?.length]).toEqual(['Failed', 3, 24_000])
  })

  it('cancels a command that runs', async () => {
    const id = await send(LONG)
    await until('the command runs', async () => (await get(id)).Status === 'InProgress')
    await quiet('cancel-command', '--command-id', id, '--instance-ids', nodeId)
    await over(id)
    expect(await get(id)).toMatchObject({ Status: 'Cancelled', StatusDetails: 'Cancelled' })
  })

  it('pages through commands and nodes, in one go and with a token', async () => {
    const ids = [world.agent, ...world.offline].map((node) => node.nodeId)
    const sent: string[] = []
    for (const _time of [1, 2, 3]) sent.push(await send(['true'], '--instance-ids', ...ids.slice(1)))
    const newestFirst = sent.toReversed()

    const ofNode = ['list-commands', '--instance-id', ids[1] ?? '']
    const whole = await ssm<Output<'ListCommands'>>(...ofNode, '--page-size', '2')
    expect(whole.Commands?.map(({ CommandId }) => CommandId)).toEqual(newestFirst)
    const first = await ssm<Output<'ListCommands'>>(...ofNode, '--max-items', '2')
    expect(first.Commands?.map(({ CommandId }) => CommandId)).toEqual(newestFirst.slice(0, 2))
    const rest = await ssm<Output<'ListCommands'>>(...ofNode, '--starting-token', first.NextToken ?? '')
    expect(rest.Commands?.map(({ CommandId }) => CommandId)).toEqual(newestFirst.slice(2))

    const nodes = await ssm<Output<'DescribeInstanceInformation'>>('describe-instance-information', '--page-size', '5')
    expect(nodes.InstanceInformationList?.map(({ InstanceId }) => InstanceId).toSorted()).toEqual(ids.toSorted())
  })

  it('finds nodes by their state and says whether they are connected', async () => {
    const filter = ['--filters', 'Key=PingStatus,Values=Online', 'Key=tag:stage,Values=test']
    const found = await ssm<Output<'DescribeInstanceInformation'>>('describe-instance-information', ...filter)
    expect(found.InstanceInformationList).toMatchObject([{ InstanceId: nodeId, Name: 'real', PingStatus: 'Online' }])
    expect(await ssm('get-connection-status', '--target', nodeId)).toEqual({ Target: nodeId, Status: 'connected' })
  })

  it('tags a node and takes the tag away', async () => {
    const resource = ['--resource-type', 'ManagedInstance', '--resource-id', nodeId]
    const keys = async () => {
      const { TagList } = await ssm<Output<'ListTagsForResource'>>('list-tags-for-resource', ...resource)
      return TagList?.map(({ Key }) => Key).toSorted()
    }
    await quiet('add-tags-to-resource', ...resource, '--tags', 'Key=colour,Value=red')
    expect(await keys()).toEqual(['colour', 'role', 'stage'])
    await quiet('remove-tags-from-resource', ...resource, '--tag-keys', 'colour')
    expect(await keys()).toEqual(['role', 'stage'])
  })

  it.each([
    ['JSON', jsonDocument],
    ['YAML', yamlDocument],
  ])('makes a document in %s from a file, runs it, and deletes it', async (format, content) => {
    const file = join(world.agent.scratch, `say.${format}`)
    await writeFile(file, content)
    const name = ['--name', `Say-${format}`]
    const kind = ['--document-format', format, '--document-type', 'Command']
    const made = await ssm<Output<'CreateDocument'>>('create-document', ...name, ...kind, '--content', `file://${file}`)
    expect(made.DocumentDescription).toMatchObject({ Status: 'Active', DocumentFormat: format, SchemaVersion: '2.2' })
    expect(await ssm('get-document', ...name, '--document-format', format)).toMatchObject({ Content: content })
    expect(await ssm('describe-document', ...name)).toMatchObject({ Document: { Description: 'Says a word.' } })
    const own = await ssm<Output<'ListDocuments'>>('list-documents', '--filters', 'Key=Owner,Values=Self')
    expect(own.DocumentIdentifiers?.map(({ Name }) => Name)).toEqual([`Say-${format}`])

    const to = ['--document-name', `Say-${format}`, '--instance-ids', nodeId, '--parameters', 'word=Greetings']
    const { Command } = await ssm<Output<'SendCommand'>>('send-command', ...to)
    const id = Command?.CommandId ?? ''
    await over(id)
    expect(await get(id)).toMatchObject({ Status: 'Success', StandardOutputContent: `Greetings from ${format}\n` })
    await quiet('delete-document', ...name)
  })

  it('makes an activation, sees it and deletes it', async () => {
    const made = await ssm<Output<'CreateActivation'>>('create-activation', '--iam-role', 'MusterNode')
    const id = made.ActivationId ?? ''
    const find = ['describe-activations', '--filters', `FilterKey=ActivationIds,FilterValues=${id}`]
    expect(await ssm(...find)).toMatchObject({ ActivationList: [{ ActivationId: id, RegistrationLimit: 1 }] })
    await quiet('delete-activation', '--activation-id', id)
    expect(await ssm(...find)).toEqual({ ActivationList: [] })
  })

  it('deregisters a node', async () => {
    const gone = world.offline.at(-1)?.nodeId ?? ''
    await quiet('deregister-managed-instance', '--instance-id', gone)
    const filter = ['--filters', `Key=InstanceIds,Values=${gone}`]
    expect(await ssm('describe-instance-information', ...filter)).toEqual({ InstanceInformationList: [] })
  })

  it('is told by the token service who it is', async () => {
    const { accountId } = world.controller
    expect(await aws.json(['sts', 'get-caller-identity'])).toEqual({
      ...{ UserId: accountId, Account: accountId, Arn: `arn:aws:iam::${accountId}:root` },
    })
  })
})
