import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OperationName, Operations } from '@muster/protocol/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAgent, type TestAgent } from '../rig/agent.ts'
import { startController, type TestController } from '../rig/controller.ts'
import { until } from '../rig/until.ts'
import { type Aws, createAws } from './clients/aws.ts'
import { type Boto3, startBoto3 } from './clients/boto3.ts'
import { type Input, outputOf, type StockClient } from './clients/client.ts'
import { createSdk } from './clients/sdk.ts'

let controller: TestController
let agent: TestAgent
let clients: { readonly boto3: Boto3; readonly sdk: StockClient; readonly aws: Aws }

beforeAll(async () => {
  controller = await startController()
  agent = await startAgent(controller)
  clients = { boto3: startBoto3(controller), sdk: createSdk(controller), aws: await createAws(controller) }
})

afterAll(async () => {
  await clients.aws[Symbol.asyncDispose]()
  await clients.sdk[Symbol.asyncDispose]()
  await clients.boto3[Symbol.asyncDispose]()
  await agent[Symbol.asyncDispose]()
  await controller[Symbol.asyncDispose]()
})

type Invocation = NonNullable<Operations['ListCommandInvocations']['output']['CommandInvocations']>[number]

/** Makes a document through one client and runs it: the invocation with its plugins once it is over. */
async function run(client: StockClient, name: string, document: object, Parameters: object = {}): Promise<Invocation> {
  const Content = JSON.stringify(document)
  outputOf(await client.call('CreateDocument', { Name: name, DocumentType: 'Command', Content }))
  const to = { DocumentName: name, InstanceIds: [agent.nodeId], Parameters }
  const { Command } = outputOf(await client.call('SendCommand', to))
  const asked = { CommandId: Command?.CommandId ?? '', Details: true }
  let found: Invocation | undefined
  await until(`${name} is over`, async () => {
    const { CommandInvocations } = outputOf(await client.call('ListCommandInvocations', asked))
    found = CommandInvocations?.[0]
    return found !== undefined && !['Pending', 'InProgress', 'Delayed'].includes(found.Status ?? '')
  })
  return found as Invocation
}

const shell = (name: string, inputs: object) => ({ action: 'aws:runShellScript', name, inputs })

describe('a document', { timeout: 120_000 }, () => {
  it('of schema 1.2 runs every set of properties of its plugin, and is shown by boto3 as one plugin', async () => {
    const properties = ['one', 'two'].map((word, index) => ({
      ...{ id: `${index}.aws:runShellScript`, runCommand: [`echo ${word} {{ who }}`], timeoutSeconds: '60' },
    }))
    const parameters = { who: { type: 'String' } }
    const document = { schemaVersion: '1.2', parameters, runtimeConfig: { 'aws:runShellScript': { properties } } }
    const shown = await run(clients.boto3, 'Old', document, { who: ['there'] })
    expect(shown.CommandPlugins).toMatchObject([
      { Name: 'aws:runShellScript', Status: 'Success', ResponseCode: 0, Output: 'one there\n\ntwo there\n' },
    ])
    const { CommandId } = shown
    const asked = { CommandId, InstanceId: agent.nodeId, PluginName: 'aws:runShellScript' }
    expect(outputOf(await clients.boto3.call('GetCommandInvocation', asked))).toMatchObject({
      ...{ Status: 'Success', PluginName: 'aws:runShellScript', StandardOutputContent: 'one there\n\ntwo there\n' },
    })
  })

  it('stops early by onFailure, and its finallyStep runs, as the SDK sees it', async () => {
    const mainSteps = [
      shell('fails', { runCommand: ['exit 3'], onFailure: 'successAndExit' }),
      shell('never', { runCommand: ['echo never'] }),
      shell('cleans', { runCommand: ['echo clean'], finallyStep: true }),
    ]
    const { Status, CommandPlugins } = await run(clients.sdk, 'Flow', { schemaVersion: '2.2', mainSteps })
    expect([Status, CommandPlugins?.map(({ Name, ResponseCode }) => [Name, ResponseCode])]).toEqual([
      'Success',
      [
        ['fails', 168],
        ['never', 0],
        ['cleans', 0],
      ],
    ])
    expect(CommandPlugins?.[2]?.Output).toBe('clean\n')
  })

  it('with an ENV_VAR parameter gets the very text that aws was given, and nothing of it runs', async () => {
    const parameters = { text: { type: 'String', interpolationType: 'ENV_VAR' } }
    const mainSteps = [shell('says', { runCommand: ['printf %s {{ text }}'] })]
    const text = `'; echo broken out; "$(echo broken out)" \`echo broken out\` \${HOME}`
    const document = { schemaVersion: '2.2', parameters, mainSteps }
    const { CommandPlugins } = await run(clients.aws, 'Careful', document, { text: [text] })
    expect(CommandPlugins).toMatchObject([{ Status: 'Success', Output: text }])
  })

  it('with an action that this agent cannot run fails and says why', async () => {
    const mainSteps = [{ action: 'aws:softwareInventory', name: 'looks', inputs: {} }]
    const { Status, CommandPlugins } = await run(clients.boto3, 'Newer', { schemaVersion: '2.2', mainSteps })
    expect([Status, CommandPlugins?.[0]?.Status, CommandPlugins?.[0]?.Output]).toEqual([
      ...['Failed', 'Failed'],
      expect.stringContaining('Plugin with name aws:softwareInventory is not supported by this version of ssm agent'),
    ])
  })
})

const folder = 's3://documents/app'
const manifest = (version: string): string =>
  JSON.stringify({
    ...{ schemaVersion: '2.0', version },
    packages: { _any: { _any: { _any: { file: 'app.tar' } } } },
    files: { 'app.tar': { checksums: { sha256: createHash('sha256').update('the bytes').digest('hex') } } },
  })

/** All twelve operations, as one client has them. */
async function live(client: StockClient, Name: string): Promise<void> {
  const call = async <O extends OperationName>(operation: O, input: Input) =>
    outputOf(await client.call(operation, { Name, ...input }))
  const Attachments = [{ Key: 'SourceUrl', Values: [folder] }]
  const made = await call('CreateDocument', {
    ...{ DocumentType: 'Package', Content: manifest('1.0'), VersionName: 'one', Attachments },
    ...{ DisplayName: 'An app', Requires: [{ Name: 'AWS-Noop' }], Tags: [{ Key: 'env', Value: 'test' }] },
  })
  expect(made.DocumentDescription).toMatchObject({
    DocumentVersion: '1',
    AttachmentsInformation: [{ Name: 'app.tar' }],
  })

  const reference = [{ Key: 'AttachmentReference', Values: [`${Name}/1/app.tar`] }]
  const change = { Content: manifest('2.0'), DocumentVersion: '$LATEST', Attachments: reference }
  expect((await call('UpdateDocument', change)).DocumentDescription).toMatchObject({ LatestVersion: '2' })
  const listed = (await call('ListDocumentVersions', {})).DocumentVersions
  expect(listed?.map(({ DocumentVersion, IsDefaultVersion }) => [DocumentVersion, IsDefaultVersion])).toEqual([
    ['2', false],
    ['1', true],
  ])
  const { Description } = await call('UpdateDocumentDefaultVersion', { DocumentVersion: '2' })
  expect(Description).toMatchObject({ DefaultVersion: '2' })

  const got = await call('GetDocument', { DocumentFormat: 'YAML' })
  expect(got).toMatchObject({ DocumentVersion: '2', DocumentFormat: 'YAML', Requires: [{ Name: 'AWS-Noop' }] })
  expect(got.Content).toContain('version: "2.0"')
  const [attachment] = got.AttachmentsContent ?? []
  expect(await (await fetch(attachment?.Url ?? '')).text()).toBe('the bytes')

  const accounts = { PermissionType: 'Share', AccountIdsToAdd: ['111122223333'] }
  await call('ModifyDocumentPermission', accounts)
  expect(await call('DescribeDocumentPermission', { PermissionType: 'Share' })).toMatchObject({
    AccountSharingInfoList: [{ AccountId: '111122223333', SharedDocumentVersion: '$DEFAULT' }],
  })
  await call('ModifyDocumentPermission', { PermissionType: 'Share', AccountIdsToRemove: ['111122223333'] })

  for (const Action of ['SendForReview', 'Approve'])
    await call('UpdateDocumentMetadata', { DocumentReviews: { Action, Comment: [{ Type: 'Comment', Content: 'ok' }] } })
  const { Metadata } = await call('ListDocumentMetadataHistory', { Metadata: 'DocumentReviews' })
  expect(Metadata?.ReviewerResponse?.map(({ ReviewStatus }) => ReviewStatus)).toEqual(['APPROVED', 'PENDING'])
  expect((await call('DescribeDocument', {})).Document).toMatchObject({
    ...{ ReviewStatus: 'APPROVED', ApprovedVersion: '2', Tags: [{ Key: 'env', Value: 'test' }] },
  })

  await call('DeleteDocument', { DocumentVersion: '1' })
  const Filters = [{ Key: 'tag:env', Values: ['test'] }]
  const found = async () =>
    outputOf(await client.call('ListDocuments', { Filters })).DocumentIdentifiers?.map((one) => one.Name)
  expect(await found()).toContain(Name)
  await call('DeleteDocument', {})
  expect(await found()).not.toContain(Name)
}

describe('the life of a document', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    const bucket = join(controller.data, 'buckets', 'documents', 'app')
    await mkdir(bucket, { recursive: true })
    await writeFile(join(bucket, 'app.tar'), 'the bytes')
  })

  it('is whole through boto3', () => live(clients.boto3, 'LifeByBoto3'))
  it('is whole through the SDK', () => live(clients.sdk, 'LifeBySdk'))
  it('is whole through aws', () => live(clients.aws, 'LifeByAws'))
})
