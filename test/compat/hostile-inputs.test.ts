import { allOperations, models, type OperationModel } from '@muster/protocol/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FakeAgent } from '../kit/fake-agent.ts'
import { enrolFakeAgent } from '../kit/fake-fleet.ts'
import { startController, type TestController } from '../rig/controller.ts'
import { type AccessFixture, makeAccess } from './hostile-access.ts'
import { hostileInputs, type Known, strangeBodies } from './hostile-inputs.ts'
import { makeSignIns } from './hostile-sign-in.ts'
import { jsonDocument } from './script.ts'
import { postSigned, type Reply } from './signed.ts'

const GROUP_QUERY = JSON.stringify({
  ResourceTypeFilters: ['AWS::SSM::ManagedInstance'],
  TagFilters: [{ Key: 'role', Values: ['web'] }],
})

const sharingPolicy = (arn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: '210987654321' }, Action: 'ssm:GetParameter', Resource: arn }],
  })

let controller: TestController
let agent: FakeAgent
let known: Known
let keyId: string
let sharedArn: string
let sharing: { readonly PolicyId?: string | undefined; readonly PolicyHash?: string | undefined }
let stoppedKeyId: string
let pendingKeyId: string
let people: AccessFixture
let signing: AccessFixture

beforeAll(async () => {
  // Whatever file stands for the agent's bundle: what is asked for is told, not run.
  controller = await startController({ args: ['--agent-bundle', import.meta.filename] })
  const activation = await controller.call('CreateActivation', { IamRole: 'MusterNode', RegistrationLimit: 9 })
  const { ActivationId = '', ActivationCode = '' } = activation
  const enrol = () => enrolFakeAgent({ url: controller.url, activationId: ActivationId, code: ActivationCode })
  const leaving = await enrol()
  agent = await enrol()
  await agent.online()
  const { nodeId } = agent
  const commands = { commands: ['true'] }
  const { Command } = await controller.call('SendCommand', {
    ...{ DocumentName: 'AWS-RunShellScript', InstanceIds: [nodeId], Parameters: commands },
  })
  for (const Name of ['Staying', 'Leaving'])
    await controller.call('CreateGroup', { Name, ResourceQuery: { Type: 'TAG_FILTERS_1_0', Query: GROUP_QUERY } })
  const makeKey = async (): Promise<string> => (await controller.call('CreateKey', {})).KeyMetadata?.KeyId ?? ''
  keyId = await makeKey()
  stoppedKeyId = await makeKey()
  pendingKeyId = await makeKey()
  await controller.call('ScheduleKeyDeletion', { KeyId: pendingKeyId })
  for (const AliasName of ['alias/staying', 'alias/leaving'])
    await controller.call('CreateAlias', { AliasName, TargetKeyId: keyId })
  for (const Name of ['staying', 'leaving']) await controller.call('PutParameter', { Name, Value: 'x', Type: 'String' })
  await controller.call('CreateDocument', { Name: 'Staying', Content: jsonDocument.replace('{', '{ ') })
  const group = `arn:aws:ssm:us-east-1:${controller.accountId}:opsitemgroup/default`
  await controller.call('PutParameter', { Name: '/shared/one', Value: 'x', Type: 'String', Tier: 'Advanced' })
  sharedArn = `arn:aws:ssm:us-east-1:${controller.accountId}:parameter/shared/one`
  sharing = await controller.call('PutResourcePolicy', { ResourceArn: sharedArn, Policy: sharingPolicy(sharedArn) })
  await agent.ledgerLines(2)
  await agent.settled()
  people = await makeAccess(controller)
  signing = await makeSignIns(controller)
  const values = {
    ...people.values,
    ...signing.values,
    ActivationId,
    CommandId: Command?.CommandId,
    DocumentARN: 'AWS-RunShellScript',
    DocumentContent: jsonDocument,
    IamRole: 'MusterNode',
    InstanceId: nodeId,
    KeyAliasName: 'alias/staying',
    KeyReference: keyId,
    ManagedInstanceId: leaving.nodeId,
    Parameters: commands,
    PSParameterName: 'staying',
    ParameterDataType: 'text',
    ParameterKeyId: 'alias/aws/ssm',
    ParameterPolicies: '[]',
    ParameterStringFilter: { Key: 'Type', Option: 'Equals', Values: ['String'] },
    ParameterTier: 'Standard',
    SimulatedAction: 'ssm:SendCommand',
    ParameterType: 'String',
    Policy: sharingPolicy(group),
    ResourceArnString: group,
    ResourceGroupName: 'Made',
    ResourceGroupNameOrArn: 'Staying',
    ResourceId: nodeId,
    ResourceQueryText: GROUP_QUERY,
    ResourceQueryType: 'TAG_FILTERS_1_0',
    ResourceTypeForTagging: 'ManagedInstance',
    ServiceRole: `arn:aws:iam::${controller.accountId}:role/MusterNode`,
    ServiceSettingId: '/muster/commands/keep-days',
    ServiceSettingValue: '30',
    SessionTarget: nodeId,
    TargetKey: 'tag:role',
  }
  known = {
    values,
    needed: {
      ...people.needed,
      ...signing.needed,
      PutParameter: ['Type', 'Overwrite'],
      RegisterDefaultHostManagementConfiguration: ['RoleArn'],
      SendCommand: ['InstanceIds', 'Parameters'],
    },
  }
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
  await controller[Symbol.asyncDispose]()
})

/**
 * Only a node in quarantine can be released, which takes two real machines: test/e2e/identity has them. Root assumes no
 * role, is no node, has no password and is not signed in; codes of a device are good for a minute only.
 */
const NOTHING_TO_DO: ReadonlySet<string> = new Set([
  ...['AssumeRole', 'ChangePassword', 'CreateNodeCredentials', 'EnableMFADevice', 'ReleaseNode', 'SignOut'],
])

/** An operation that takes something away has one of its own to take. */
const knownTo = ({ name }: OperationModel): Known => {
  const staying = { DocumentName: 'Staying' }
  const own: Readonly<Record<string, Known['values']>> = {
    ...people.own,
    ...signing.own,
    CancelKeyDeletion: { KeyReference: pendingKeyId },
    CreateAlias: { KeyAliasName: 'alias/made' },
    DeleteAlias: { KeyAliasName: 'alias/leaving' },
    DescribeDocumentPermission: staying,
    ListDocumentMetadataHistory: staying,
    ModifyDocumentPermission: staying,
    UpdateDocument: staying,
    UpdateDocumentDefaultVersion: staying,
    UpdateDocumentMetadata: staying,
    DeleteGroup: { ResourceGroupNameOrArn: 'Leaving' },
    DeleteResourcePolicy: { ResourceArnString: sharedArn, DeletionMode: 'RemoveSharing', ...sharing },
    DisableKey: { KeyReference: stoppedKeyId },
    ScheduleKeyDeletion: { KeyReference: stoppedKeyId },
    DeleteParameter: { PSParameterName: 'leaving' },
    DeleteParameters: { PSParameterName: 'leaving' },
    GetParametersByPath: { PSParameterName: '/' },
    PutParameter: { PSParameterName: 'made' },
    UpdateManagedInstanceRole: { ManagedInstanceId: agent.nodeId },
  }
  return { ...known, values: { ...known.values, ...own[name] } }
}

const targetOf = ({ service, name }: OperationModel): string =>
  `${models.find((model) => model.service === service)?.targetPrefix}.${name}`

/** Sends several at a time, as clients do; gives how many were answered 200. */
async function sendAll(target: string, bodies: Iterable<string>): Promise<number> {
  const left = bodies[Symbol.iterator]()
  let done = 0
  const sendOn = async (): Promise<void> => {
    for (let next = left.next(); !next.done; next = left.next()) {
      const reply = await postSigned(controller, target, next.value)
      expectAnswer(next.value, reply)
      if (reply.status === 200) done++
    }
  }
  await Promise.all([sendOn(), sendOn(), sendOn(), sendOn()])
  return done
}

function expectAnswer(body: string, { status, json, text }: Reply): void {
  const shown = `${body.slice(0, 500)} -> ${status} ${text.slice(0, 500)}`
  expect(status, shown).toBeLessThan(500)
  if (status !== 200) expect(json['__type'], shown).toMatch(/^[A-Z][A-Za-z]+$/)
}

function* jsonOf(values: Iterable<unknown>): Generator<string> {
  for (const value of values) yield JSON.stringify(value)
}

describe('whatever the body is, the controller makes no mistake of its own in', () => {
  it.each(allOperations.map((operation): [string, OperationModel] => [operation.name, operation]))(
    '%s',
    async (_name, operation) => {
      const target = targetOf(operation)
      await sendAll(target, strangeBodies)
      const { json } = await postSigned(controller, target, '{}')
      if (json['__type'] === 'UnknownOperationException') return
      // Where nothing went through, the strange values have seen no more than the first check.
      const done = await sendAll(target, jsonOf(hostileInputs(operation, knownTo(operation))))
      expect(done > 0).toBe(!NOTHING_TO_DO.has(operation.name))
    },
  )

  it('its log', () => {
    expect(controller.program.log.filter((line) => line.includes('request failed'))).toEqual([])
  })
})
