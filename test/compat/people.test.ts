import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enrolFakeAgent } from '../kit/fake-fleet.ts'
import { startController, type TestController } from '../rig/controller.ts'
import { type Aws, createAws } from './clients/aws.ts'
import type { Settings } from './clients/client.ts'

interface TemporaryCredentials {
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly SessionToken: string
}

const policy = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement })
const READ = policy({ Effect: 'Allow', Action: 'ssm:List*', Resource: '*' })

let controller: TestController
let aws: Aws
/** A user who may assume a role, and the role. */
let ann: Settings
let roleArn: string

beforeAll(async () => {
  controller = await startController()
  aws = await createAws(controller)
  const { accountId } = controller
  await controller.call('CreateUser', { UserName: 'ann' })
  const trust = policy({
    ...{ Effect: 'Allow', Action: 'sts:AssumeRole' },
    Principal: { AWS: `arn:aws:iam::${accountId}:user/ann` },
  })
  const { Role } = await controller.call('CreateRole', { RoleName: 'reader', AssumeRolePolicyDocument: trust })
  roleArn = Role.Arn
  await controller.call('PutRolePolicy', { RoleName: 'reader', PolicyName: 'read', PolicyDocument: READ })
  const { AccessKey } = await controller.call('CreateAccessKey', { UserName: 'ann' })
  ann = { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey }
})
afterAll(async () => {
  await aws[Symbol.asyncDispose]()
  await controller[Symbol.asyncDispose]()
})

const withSession = ({ AccessKeyId, SecretAccessKey, SessionToken }: TemporaryCredentials): Settings => ({
  ...{ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
})

/** Each line that is run is a Python process of its own. */
const SLOW = { timeout: 120_000 }

describe('the aws CLI', SLOW, () => {
  it('with the key of a user is that user, who may do nothing until a policy says so', async () => {
    const { accountId } = controller
    expect(await aws.json(['sts', 'get-caller-identity'], ann)).toEqual({
      UserId: expect.stringMatching(/^AIDA/),
      Account: accountId,
      Arn: `arn:aws:iam::${accountId}:user/ann`,
    })
    expect((await aws.run(['ssm', 'list-documents'], ann)).stderr).toBe(
      `An error occurred (AccessDeniedException) when calling the ListDocuments operation: User: arn:aws:iam::${accountId}:user/ann is not authorized to perform: ssm:ListDocuments on resource: * because no identity-based policy allows the ssm:ListDocuments action`,
    )
  })

  it('assumes a role, and works with its credentials', async () => {
    const { Credentials, AssumedRoleUser } = await aws.json<{
      Credentials: TemporaryCredentials
      AssumedRoleUser: { Arn: string }
    }>(['sts', 'assume-role', '--role-arn', roleArn, '--role-session-name', 'work'], ann)
    const arn = `arn:aws:sts::${controller.accountId}:assumed-role/reader/work`
    expect(AssumedRoleUser.Arn).toBe(arn)
    const session = withSession(Credentials)
    expect(await aws.json(['sts', 'get-caller-identity'], session)).toMatchObject({ Arn: arn })
    expect(await aws.json(['ssm', 'list-documents'], session)).toHaveProperty('DocumentIdentifiers')
    const without = { accessKeyId: Credentials.AccessKeyId, secretAccessKey: Credentials.SecretAccessKey }
    expect((await aws.run(['ssm', 'list-documents'], without)).stderr).toContain('UnrecognizedClientException')
  })

  it('is told by the token service, in its words, what it may not do', async () => {
    const other = `arn:aws:iam::${controller.accountId}:role/MusterNode`
    const asked = ['sts', 'assume-role', '--role-arn', other, '--role-session-name', 'work']
    expect((await aws.run(asked, ann)).stderr).toBe(
      `An error occurred (AccessDenied) when calling the AssumeRole operation: User: arn:aws:iam::${controller.accountId}:user/ann is not authorized to perform: sts:AssumeRole on resource: ${other}`,
    )
    const long = [
      'sts',
      'assume-role',
      '--role-arn',
      roleArn,
      '--role-session-name',
      'work',
      '--duration-seconds',
      '7200',
    ]
    expect((await aws.run(long, ann)).stderr).toContain('(ValidationError)')
  })

  it('gets a session token, and learns whose a key is', async () => {
    const { Credentials } = await aws.json<{ Credentials: TemporaryCredentials }>(['sts', 'get-session-token'], ann)
    expect(await aws.json(['sts', 'get-caller-identity'], withSession(Credentials))).toMatchObject({
      Arn: `arn:aws:iam::${controller.accountId}:user/ann`,
    })
    const info = ['sts', 'get-access-key-info', '--access-key-id', Credentials.AccessKeyId]
    expect(await aws.json(info)).toEqual({ Account: controller.accountId })
  })
})

it('takes the line for curl that docs/operating/access.md shows', async () => {
  const { accessKeyId, secretAccessKey, region, url } = controller
  const args = [
    ...['--silent', '--aws-sigv4', `aws:amz:${region}:ssm`, '--user', `${accessKeyId}:${secretAccessKey}`],
    ...['-H', 'Content-Type: application/x-amz-json-1.1', '-H', 'X-Amz-Target: Muster.CreateUser'],
    ...['-d', '{"UserName":"bob"}', `${url}/`],
  ]
  const { stdout } = await promisify(execFile)('curl', args)
  expect(JSON.parse(stdout)).toMatchObject({ User: { UserName: 'bob' } })
})

describe('a node', SLOW, () => {
  it('gets credentials of its own over its link, which die with its registration', async () => {
    const { ActivationId = '', ActivationCode = '' } = await controller.call('CreateActivation', {
      IamRole: 'MusterNode',
    })
    await using agent = await enrolFakeAgent({ url: controller.url, activationId: ActivationId, code: ActivationCode })
    await agent.online()
    await agent.welcomed()
    const answer = await agent.call('CreateNodeCredentials', {})
    const { Credentials } = JSON.parse(Buffer.from(answer.body).toString()) as { Credentials: TemporaryCredentials }
    const node = withSession(Credentials)
    expect(await aws.json(['sts', 'get-caller-identity'], node)).toMatchObject({
      Arn: `arn:aws:sts::${controller.accountId}:assumed-role/MusterNode/${agent.nodeId}`,
    })
    expect(await aws.json(['ssm', 'list-documents'], node)).toHaveProperty('DocumentIdentifiers')
    expect((await aws.run(['ssm', 'list-commands'], node)).stderr).toContain('AccessDeniedException')
    await controller.call('DeregisterManagedInstance', { InstanceId: agent.nodeId })
    expect((await aws.run(['ssm', 'list-documents'], node)).stderr).toContain('UnrecognizedClientException')
  })

  it('is the only one who gets them', async () => {
    const refused = controller.call('CreateNodeCredentials', {})
    await expect(refused).rejects.toThrow('Credentials of a node are given to the node itself')
  })
})
