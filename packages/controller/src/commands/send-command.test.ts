import { decodeEnvelope } from '@muster/protocol/delivery'
import type { SimulatedWork } from '@muster/protocol/link/testing'
import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import type { CommandTables } from './tables.ts'
import { HOME, openCommands, shell } from './testing/open-commands.ts'

const windowsOnly = JSON.stringify({
  schemaVersion: '2.2',
  mainSteps: [
    {
      ...{ action: 'aws:runPowerShellScript', name: 'main', inputs: { runCommand: ['dir'] } },
      precondition: { StringEquals: ['platformType', 'Windows'] },
    },
  ],
})
const greet = (word: string) =>
  JSON.stringify({
    schemaVersion: '2.2',
    parameters: { who: { type: 'String', default: 'you', allowedValues: ['you', 'them'] } },
    mainSteps: [{ action: 'aws:runShellScript', name: 'greet', inputs: { runCommand: [`echo ${word} {{ who }}`] } }],
  })

describeStores('SendCommand', (openStore) => {
  test('runs a document on a node and shows the result', async () => {
    await using stand = await openCommands(await openStore())
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => ({ stdout: 'hi\n', stderr: 'oh\n' }) } })
    const sent = await stand.call('SendCommand', { ...shell('echo hi'), InstanceIds: [node!.nodeId], Comment: 'a' })
    const CommandId = sent.Command?.CommandId ?? ''
    expect(sent.Command).toMatchObject({
      ...{ Status: 'Pending', TargetCount: 1, CompletedCount: 0, TimeoutSeconds: 3600, MaxConcurrency: '50' },
      ...{ MaxErrors: '0', DocumentVersion: '1', Comment: 'a', InstanceIds: [node!.nodeId] },
    })
    expect(sent.Command?.ExpiresAfter).toBe((sent.Command?.RequestedDateTime ?? 0) + 3600 + 3600)
    await stand.settled(node!)

    const view = await stand.call('GetCommandInvocation', { CommandId, InstanceId: node!.nodeId })
    expect(view).toMatchObject({
      ...{ Status: 'Success', StatusDetails: 'Success', ResponseCode: 0, PluginName: 'runShellScript' },
      ...{ StandardOutputContent: 'hi\n', StandardErrorContent: 'oh\n', ExecutionElapsedTime: 'PT0S' },
      ExecutionStartDateTime: '2026-11-24T12:00:00.000Z',
    })
    const { Commands } = await stand.call('ListCommands', { CommandId })
    expect(Commands).toMatchObject([{ Status: 'Success', CompletedCount: 1, ErrorCount: 0 }])
    expect(node!.ledger.map(({ event }) => event)).toEqual(['start', 'end'])
  })

  test('selects nodes by several tags and resolves them once', async () => {
    await using stand = await openCommands(await openStore())
    const both = await stand.aNode({ tags: { env: 'prod', role: 'web' } })
    const other = await stand.aNode({ tags: { env: 'prod', role: 'db' } })
    const Targets = [
      { Key: 'tag:env', Values: ['prod', 'test'] },
      { Key: 'tag:role', Values: ['web'] },
    ]
    const { Command } = await stand.call('SendCommand', { ...shell('id'), Targets })
    expect(Command).toMatchObject({ TargetCount: 1, Targets, InstanceIds: [] })
    // A node that gets the tag later is none of its targets.
    await stand.call('AddTagsToResource', {
      ...{ ResourceType: 'ManagedInstance', ResourceId: other.nodeId, Tags: [{ Key: 'role', Value: 'web' }] },
    })
    for (const node of [both, other]) await node.connect()
    await stand.settled(both, other)
    expect([both.ledger.length, other.ledger.length]).toEqual([2, 0])
  })

  test('ends at once with nothing run when no node matches', async () => {
    await using stand = await openCommands(await openStore())
    const Targets = [{ Key: 'tag:env', Values: ['none'] }]
    const { Command } = await stand.call('SendCommand', { ...shell('id'), Targets })
    expect(Command).toMatchObject({ Status: 'Success', StatusDetails: 'NoInstancesInTag', TargetCount: 0 })
    const Subject = { Type: 'Command', Id: Command?.CommandId ?? '' } as const
    expect((await stand.call('Explain', { Subject })).Sentence).toBe(
      'No node matched tag:env=none, so there was nothing to run.',
    )
  })

  test('never takes an empty target set for everyone', async () => {
    await using stand = await openCommands(await openStore())
    await stand.nodes(1)
    for (const empty of [{}, { InstanceIds: [] }, { Targets: [] }, { InstanceIds: [], Targets: [] }]) {
      expect(await stand.refused('SendCommand', { ...shell('id'), ...empty })).toMatchObject({
        code: 'InvalidInstanceId',
      })
    }
    const valueless = { Targets: [{ Key: 'tag:env', Values: [] }] }
    expect(await stand.refused('SendCommand', { ...shell('id'), ...valueless })).toMatchObject({
      code: 'ValidationException',
    })
    expect((await stand.call('ListCommands', {})).Commands).toEqual([])
  })

  test('refuses wrong targets with the codes and texts of the service', async () => {
    await using stand = await openCommands(await openStore())
    const node = await stand.aNode()
    const absent = 'mi-0123456789abcdef0'
    const send = (input: object) => stand.refused('SendCommand', { ...shell('id'), ...input })
    expect(await send({ InstanceIds: [node.nodeId, absent] })).toEqual({
      code: 'InvalidInstanceId',
      text: `Instances [[${absent}]] not in a valid state for account ${HOME.accountId}`,
    })
    expect(await send({ Targets: [{ Key: 'InstanceIds', Values: [absent] }] })).toMatchObject({
      code: 'InvalidInstanceId',
    })
    expect(await send({ InstanceIds: [node.nodeId, node.nodeId] })).toEqual({
      code: 'DuplicateInstanceId',
      text: undefined,
    })
    expect(await send({ InstanceIds: ['i-083e1601960282cd'] })).toMatchObject({ code: 'ValidationException' })
    const both = { InstanceIds: [node.nodeId], Targets: [{ Key: 'tag:a', Values: ['b'] }] }
    expect(await send(both)).toMatchObject({ code: 'ValidationException' })
    for (const Key of ['resource-groups:Name', 'tag:', 'Name'])
      expect(await send({ Targets: [{ Key, Values: ['x'] }] })).toMatchObject({ code: 'ValidationException' })
  })

  test('refuses documents, versions, hashes and parameters that do not fit', async () => {
    await using stand = await openCommands(await openStore())
    const node = await stand.aNode()
    await stand.call('CreateDocument', { Name: 'greet', Content: greet('hello'), DocumentType: 'Command' })
    const send = (input: object) => stand.refused('SendCommand', { InstanceIds: [node.nodeId], ...input })
    expect(await send({ DocumentName: 'no-such' })).toMatchObject({ code: 'InvalidDocument' })
    expect(await send({ DocumentName: 'greet', DocumentVersion: '99' })).toMatchObject({
      code: 'InvalidDocumentVersion',
    })
    expect(await send({ DocumentName: 'greet', DocumentHash: 'f'.repeat(64) })).toMatchObject({
      code: 'InvalidDocument',
    })
    for (const Parameters of [{ who: ['nobody'] }, { unknown: ['x'] }])
      expect(await send({ DocumentName: 'greet', Parameters })).toMatchObject({
        code: 'InvalidParameters',
        text: expect.stringMatching(/^Parameters provided in document are invalid or not supported\. /),
      })
    expect(await send({ DocumentName: 'AWS-RunShellScript' })).toMatchObject({ code: 'InvalidParameters' })
    expect(await send(shell('echo {{ ssm:secret }}'))).toMatchObject({ code: 'InvalidParameters' })
    expect(await send(shell('x'.repeat(300_000)))).toMatchObject({ code: 'MaxDocumentSizeExceeded' })
    for (const [member, value] of [
      ['TimeoutSeconds', 29],
      ['TimeoutSeconds', 2_592_001],
      ['MaxConcurrency', '0'],
      ['MaxConcurrency', '101%'],
      ['MaxConcurrency', '5.5'],
      ['MaxErrors', '101%'],
    ] as const)
      expect(await send({ ...shell('id'), [member]: value })).toMatchObject({ code: 'ValidationException' })
  })

  test('takes the hash of the content that it will run', async () => {
    await using stand = await openCommands(await openStore())
    const node = await stand.aNode()
    const made = await stand.call('CreateDocument', { Name: 'greet', Content: greet('hi'), DocumentType: 'Command' })
    const DocumentHash = made.DocumentDescription?.Hash ?? ''
    const { Command } = await stand.call('SendCommand', {
      ...{ DocumentName: 'greet', DocumentHash, DocumentHashType: 'Sha256', InstanceIds: [node.nodeId] },
    })
    expect(Command?.Status).toBe('Pending')
  })

  test('keeps the members that views show', async () => {
    await using stand = await openCommands(await openStore())
    const node = await stand.aNode()
    const NotificationConfig = {
      ...{ NotificationArn: 'arn:aws:sns:us-east-1:123456789012:topic' },
      ...{ NotificationEvents: ['Success', 'Failed'] as const, NotificationType: 'Invocation' as const },
    }
    const kept = {
      NotificationConfig: { ...NotificationConfig, NotificationEvents: [...NotificationConfig.NotificationEvents] },
      CloudWatchOutputConfig: { CloudWatchLogGroupName: 'logs', CloudWatchOutputEnabled: false },
      AlarmConfiguration: { IgnorePollAlarmFailure: true, Alarms: [{ Name: 'alarm' }] },
      OutputS3Region: 'eu-central-1',
    }
    const ServiceRoleArn = 'arn:aws:iam::123456789012:role/path/notifier'
    const CommandId = await stand.send({ ...shell('id'), ...kept, ServiceRoleArn }, [node])
    expect(await stand.command(CommandId)).toMatchObject({ ...kept, ServiceRole: ServiceRoleArn })
    const { NotificationConfig: notification, CloudWatchOutputConfig } = kept
    expect(await stand.invocations(CommandId)).toMatchObject([
      { NotificationConfig: notification, CloudWatchOutputConfig, ServiceRole: ServiceRoleArn },
    ])
    expect(await stand.view(CommandId, node)).toMatchObject({ CloudWatchOutputConfig })
    const plain = await stand.command(await stand.send(shell('id'), [node]))
    expect(plain).toMatchObject({ ServiceRole: '' })
    expect(Object.keys(plain)).not.toEqual(expect.arrayContaining(['NotificationConfig']))
  })

  test.each([
    [
      'enabled logs of CloudWatch',
      { CloudWatchOutputConfig: { CloudWatchOutputEnabled: true } },
      'ValidationException',
    ],
    ['a role that is no ARN', { ServiceRoleArn: 'notifier' }, 'InvalidRole'],
    ['a topic that is no ARN', { NotificationConfig: { NotificationArn: 'topic' } }, 'InvalidNotificationConfig'],
    ['events without a topic', { NotificationConfig: { NotificationEvents: ['All'] } }, 'InvalidNotificationConfig'],
    ['a prefix without a bucket', { OutputS3KeyPrefix: 'a' }, 'ValidationException'],
    ['a region that is none', { OutputS3Region: 'a/b' }, 'ValidationException'],
    ['the Sha1 of a document', { DocumentHashType: 'Sha1', DocumentHash: 'a' }, 'ValidationException'],
    ['another document than the hash says', { DocumentHash: 'a'.repeat(64) }, 'InvalidDocument'],
  ])('refuses %s', async (_what, member, code) => {
    await using stand = await openCommands(await openStore())
    const node = await stand.aNode()
    const input = { ...shell('id'), InstanceIds: [node.nodeId], ...member }
    expect(await stand.refused('SendCommand', input)).toMatchObject({ code })
    expect((await stand.call('ListCommands', {})).Commands).toEqual([])
  })

  test('refuses a named node of another platform, and tells of a selected one', async () => {
    await using stand = await openCommands(await openStore())
    const node = await stand.aNode({ tags: { env: 'prod' } })
    await stand.call('CreateDocument', { Name: 'windows', Content: windowsOnly, DocumentType: 'Command' })
    const input = { DocumentName: 'windows' }
    expect(await stand.refused('SendCommand', { ...input, InstanceIds: [node.nodeId] })).toMatchObject({
      code: 'UnsupportedPlatformType',
    })
    const Targets = [{ Key: 'tag:env', Values: ['prod'] }]
    const { Command } = await stand.call('SendCommand', { ...input, Targets })
    expect(Command).toMatchObject({ Status: 'Failed', StatusDetails: 'Failed', CompletedCount: 1, ErrorCount: 0 })
    const { CommandInvocations } = await stand.call('ListCommandInvocations', { CommandId: Command?.CommandId ?? '' })
    expect(CommandInvocations).toMatchObject([{ Status: 'Failed', StatusDetails: 'InvalidPlatform' }])
  })

  test('asks for permission on each node: named ones all or nothing, selected ones one by one', async () => {
    const forbidden = new Set<string>()
    const decide = (action: string, resource: string) =>
      [...forbidden].some((id) => resource.endsWith(id))
        ? { allowed: false, reason: `no ${action} on ${resource}` }
        : { allowed: true, reason: '' }
    await using stand = await openCommands(await openStore(), { decide })
    const [open, closed] = await stand.nodes(2, { tags: { env: 'prod' } })
    forbidden.add(closed!.nodeId)
    const InstanceIds = [open!.nodeId, closed!.nodeId]
    expect(await stand.refused('SendCommand', { ...shell('id'), InstanceIds })).toMatchObject({
      code: 'AccessDeniedException',
      text: expect.stringContaining(closed!.nodeId),
    })
    expect((await stand.call('ListCommands', {})).Commands).toEqual([])

    const Targets = [{ Key: 'tag:env', Values: ['prod'] }]
    const { Command } = await stand.call('SendCommand', { ...shell('id'), Targets })
    await stand.settled(open!, closed!)
    const CommandId = Command?.CommandId ?? ''
    expect(await stand.call('GetCommandInvocation', { CommandId, InstanceId: closed!.nodeId })).toMatchObject({
      ...{ Status: 'Failed', StatusDetails: 'AccessDenied', ResponseCode: -1 },
    })
    expect([open!.ledger.length, closed!.ledger.length]).toEqual([2, 0])
    // The rest succeeded, so the command did.
    expect((await stand.call('ListCommands', { CommandId })).Commands).toMatchObject([{ Status: 'Success' }])
  })

  test('freezes what it accepts: a document that changes later changes nothing', async () => {
    await using stand = await openCommands(await openStore())
    const seen: SimulatedWork[] = []
    const onWork = (work: SimulatedWork) => {
      seen.push(work)
      return {}
    }
    const node = await stand.aNode({ behaviours: { onWork } })
    await stand.call('CreateDocument', { Name: 'greet', Content: greet('first'), DocumentType: 'Command' })
    const Parameters = { who: ['them'] }
    await stand.call('SendCommand', { DocumentName: 'greet', Parameters, InstanceIds: [node.nodeId] })
    await stand.call('DeleteDocument', { Name: 'greet' })
    await stand.call('CreateDocument', { Name: 'greet', Content: greet('second'), DocumentType: 'Command' })
    await node.connect()
    await stand.settled(node)
    expect(seen[0]?.envelope.steps[0]?.inputs).toEqual({ runCommand: ['echo first them'] })
    expect(seen[0]?.envelope).toMatchObject({ documentVersion: '1', principal: stand.root.arn })
  })

  test('keeps parameters and work sealed, and shows parameters as they were given', async () => {
    await using stand = await openCommands(await openStore())
    const node = await stand.aNode()
    const { Command } = await stand.call('SendCommand', { ...shell('echo canary-7361'), InstanceIds: [node.nodeId] })
    const { Commands } = await stand.call('ListCommands', { CommandId: Command?.CommandId ?? '' })
    expect(Commands?.[0]?.Parameters).toEqual({ commands: ['echo canary-7361'] })
    const row = await stand.db.read.withTables<CommandTables>().selectFrom('command').selectAll().executeTakeFirst()
    for (const value of Object.values(row ?? {})) {
      const text = value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)
      expect(text).not.toContain('canary')
    }
    expect(decodeEnvelope(row!.envelope).ok).toBe(false)
  })
})
