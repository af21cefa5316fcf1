import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAgent, type TestAgent } from '../rig/agent.ts'
import { startController, type TestController } from '../rig/controller.ts'
import { until } from '../rig/until.ts'
import { createAws } from './clients/aws.ts'
import { startBoto3 } from './clients/boto3.ts'
import { outputOf, type StockClient } from './clients/client.ts'
import { createSdk } from './clients/sdk.ts'

let controller: TestController
let agent: TestAgent
const clients = new Map<string, StockClient>()

beforeAll(async () => {
  controller = await startController()
  agent = await startAgent(controller, { tags: { role: 'web' } })
  const { call } = controller
  const Query = { ResourceTypeFilters: ['AWS::SSM::ManagedInstance'], TagFilters: [{ Key: 'role', Values: ['web'] }] }
  const ResourceQuery = { Type: 'TAG_FILTERS_1_0', Query: JSON.stringify(Query) } as const
  await call('CreateGroup', { Name: 'shop', ResourceQuery })
  const aws = await createAws(controller)
  for (const client of [startBoto3(controller), createSdk(controller), aws]) clients.set(client.name, client)
})
afterAll(async () => {
  for (const client of clients.values()) await client[Symbol.asyncDispose]()
  await agent[Symbol.asyncDispose]()
  await controller[Symbol.asyncDispose]()
})

const send = { DocumentName: 'AWS-RunShellScript', Parameters: { commands: ['echo out'] } }
const KEPT = {
  OutputS3BucketName: 'output',
  OutputS3KeyPrefix: 'runs',
  OutputS3Region: 'us-east-1',
  NotificationConfig: {
    NotificationArn: 'arn:aws:sns:us-east-1:123456789012:topic',
    NotificationEvents: ['Success', 'Failed'],
    NotificationType: 'Invocation',
  },
  CloudWatchOutputConfig: { CloudWatchOutputEnabled: false },
  AlarmConfiguration: { IgnorePollAlarmFailure: true, Alarms: [{ Name: 'alarm' }] },
}
const ROLE = 'arn:aws:iam::123456789012:role/notifier'

/** Broken members, and the code that each client raises. */
const refused: readonly (readonly [string, object, string])[] = [
  ['a name that no bucket has', { OutputS3BucketName: 'No_Bucket' }, 'InvalidOutputFolder'],
  ['a role that is no ARN', { ServiceRoleArn: 'notifier' }, 'InvalidRole'],
  ['a topic that is no ARN', { NotificationConfig: { NotificationArn: 'topic' } }, 'InvalidNotificationConfig'],
  ['the Sha1 of a document', { DocumentHash: 'a', DocumentHashType: 'Sha1' }, 'ValidationException'],
  ['another hash than the document has', { DocumentHash: 'a'.repeat(64) }, 'InvalidDocument'],
  ['logs of CloudWatch', { CloudWatchOutputConfig: { CloudWatchOutputEnabled: true } }, 'ValidationException'],
]

describe.each(['boto3', 'aws-sdk', 'aws'])('%s', { timeout: 240_000 }, (name) => {
  const client = (): StockClient => clients.get(name) as StockClient

  it('sends to a group and a tag key with every member, and finds all of them again', async () => {
    const { call } = client()
    const { Document } = outputOf(await call('DescribeDocument', { Name: 'AWS-RunShellScript' }))
    const Targets = [
      { Key: 'resource-groups:Name', Values: ['shop'] },
      { Key: 'tag-key', Values: ['role', 'stage'] },
    ]
    const hash = { DocumentHash: Document?.Hash, DocumentHashType: 'Sha256' }
    const input = { ...send, ...KEPT, ...hash, Targets, ServiceRoleArn: ROLE, TimeoutSeconds: 600, MaxErrors: '10%' }
    const CommandId = outputOf(await call('SendCommand', input)).Command?.CommandId ?? ''
    const shown = { ...KEPT, Targets, ServiceRole: ROLE, TimeoutSeconds: 600, MaxErrors: '10%', TargetCount: 1 }
    expect(outputOf(await call('ListCommands', { CommandId })).Commands).toMatchObject([shown])

    let url = ''
    await until(`${name} sees where the output is`, async () => {
      const view = outputOf(await call('GetCommandInvocation', { CommandId, InstanceId: agent.nodeId }))
      url = view.StandardOutputUrl ?? ''
      return url !== ''
    })
    expect(url).toContain(`/output/runs/${CommandId}/${agent.nodeId}/awsrunShellScript/runShellScript/stdout`)
    expect(await readFile(fileURLToPath(url), 'utf8')).toBe('out\n')
    const { CommandInvocations } = outputOf(await call('ListCommandInvocations', { CommandId, Details: true }))
    expect(CommandInvocations).toMatchObject([
      {
        ...{ ServiceRole: ROLE, NotificationConfig: KEPT.NotificationConfig, StandardOutputUrl: url },
        CommandPlugins: [{ OutputS3BucketName: 'output', OutputS3KeyPrefix: 'runs', StandardOutputUrl: url }],
      },
    ])
  })

  it('lists by every filter', async () => {
    const { call } = client()
    const input = { ...send, InstanceIds: [agent.nodeId] }
    const CommandId = outputOf(await call('SendCommand', input)).Command?.CommandId ?? ''
    await until('the command is over', async () => {
      const { Commands = [] } = outputOf(await call('ListCommands', { CommandId }))
      return Commands[0]?.Status === 'Success'
    })
    const filters = [
      ...[['InvokedAfter', '2020-01-01T00:00:00Z'] as const, ['InvokedBefore', '2200-01-01T00:00:00Z'] as const],
      ...[['Status', 'Success'] as const, ['DocumentName', 'AWS-RunShellScript'] as const],
      ['ExecutionStage', 'Complete'] as const,
    ].map(([key, value]) => ({ key, value }))
    const ids = async (Filters: object) => {
      const commands = outputOf(await call('ListCommands', { CommandId, Filters })).Commands ?? []
      const invocations =
        outputOf(await call('ListCommandInvocations', { CommandId, Filters })).CommandInvocations ?? []
      return [...commands, ...invocations].map((one) => one.CommandId)
    }
    expect(await ids(filters)).toEqual([CommandId, CommandId])
    expect(await ids([{ key: 'ExecutionStage', value: 'Executing' }])).toEqual([])
    expect(await ids([{ key: 'InvokedBefore', value: '2020-01-01T00:00:00Z' }])).toEqual([])
  })

  it.each(refused)('is told of %s by the code of the service', async (_what, member, code) => {
    const outcome = await client().call('SendCommand', { ...send, InstanceIds: [agent.nodeId], ...member })
    expect(outcome).toMatchObject({ ok: false, code })
  })
})
