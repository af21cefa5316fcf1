import { randomBytes } from 'node:crypto'
import { mkdtempDisposableSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { postSigned, type Signer } from '../../compat/signed.ts'
import { startAgent, type TestAgent } from '../../rig/agent.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { invocationEnd } from '../../rig/script.ts'
import { until } from '../../rig/until.ts'
import { inputsFor, readingOperations, type Subjects } from './crawl.ts'
import { commandLines, createFinder, filesBelow } from './sightings.ts'

const MIN_SECRETS = 50
const NAMES = Array.from({ length: 20 }, (_, index) => `/canaries/level${index % 3}/secret${index}`)
const USED = NAMES.slice(0, 5)
const USERS = ['carol', 'dave', 'erin', 'frank', 'grace']
const DOCUMENT = {
  schemaVersion: '2.2',
  parameters: { secret: { type: 'String', interpolationType: 'ENV_VAR' } },
  mainSteps: [
    {
      action: 'aws:runShellScript',
      name: 'use',
      inputs: { runCommand: ['printf "%s\\n" "{{ secret }}"', 'printf "%s" "{{ secret }}" | base64 >&2', 'sleep 1'] },
    },
  ],
}

const stack = new AsyncDisposableStack()
/** By where they were planted. */
const secrets = new Map<string, string>()
const commandIds: string[] = []
const processes = new Set<string>()
let controller: TestController
let agent: TestAgent
let reader: Signer

const newSecret = (): string => `Kanarie "${randomBytes(12).toString('base64')}" & $x\\`
const plant = (place: string, secret = newSecret()): string => {
  secrets.set(place, secret)
  return secret
}

beforeAll(async () => {
  controller = stack.use(await startController())
  // Secrets are kept in memory alone.
  const { path } = stack.adopt(mkdtempDisposableSync('/dev/shm/muster-run-'), (folder) => folder.remove())
  agent = stack.use(await startAgent(controller, { args: ['--run-dir', path] }))
  await plantParameters()
  await plantUsers()
  await plantActivations()
  await useSome()
  await readAsRoot()
}, 240_000)
afterAll(() => stack.disposeAsync())

async function plantParameters(): Promise<void> {
  for (const Name of NAMES) {
    await controller.call('PutParameter', { Name, Value: plant(`${Name}:1`), Type: 'SecureString' })
    await controller.call('PutParameter', { Name, Value: plant(`${Name}:2`), Type: 'SecureString', Overwrite: true })
  }
  await controller.call('DeleteParameter', { Name: NAMES.at(-1) ?? '' })
}

async function plantUsers(): Promise<void> {
  for (const UserName of USERS) {
    await controller.call('CreateUser', { UserName })
    const { AccessKey } = await controller.call('CreateAccessKey', { UserName })
    plant(`access key of ${UserName}`, AccessKey.SecretAccessKey)
    await controller.call('CreateLoginProfile', { UserName, Password: plant(`password of ${UserName}`) })
  }
  await controller.call('CreateUser', { UserName: 'reader' })
  for (const name of ['ReadOnlyAccess', 'AmazonSSMReadOnlyAccess'])
    await controller.call('AttachUserPolicy', { UserName: 'reader', PolicyArn: `arn:aws:iam::aws:policy/${name}` })
  const { AccessKey } = await controller.call('CreateAccessKey', { UserName: 'reader' })
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = AccessKey
  reader = { accessKeyId, secretAccessKey, region: controller.region, url: controller.url }
}

async function plantActivations(): Promise<void> {
  for (let index = 0; index < 3; index++) {
    const { ActivationCode = '' } = await controller.call('CreateActivation', { IamRole: 'MusterNode' })
    plant(`activation code ${index}`, ActivationCode)
  }
}

/** A script on a node gets some of them, says them aloud, and is watched meanwhile. */
async function useSome(): Promise<void> {
  await controller.call('PutRolePolicy', {
    RoleName: 'MusterNode',
    PolicyName: 'canaries',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: ['ssm:GetParameter', 'ssm:GetParameters', 'kms:Decrypt'], Resource: '*' },
    }),
  })
  await controller.call('CreateDocument', {
    ...{ Name: 'UseSecret', DocumentType: 'Command', DocumentFormat: 'JSON', Content: JSON.stringify(DOCUMENT) },
  })
  for (const name of USED) {
    const { Command } = await controller.call('SendCommand', {
      DocumentName: 'UseSecret',
      InstanceIds: [agent.nodeId],
      Parameters: { secret: [`{{ ssm-secure:${name} }}`] },
    })
    commandIds.push(Command?.CommandId ?? '')
  }
  const watching = setInterval(() => {
    for (const line of commandLines()) processes.add(line)
  }, 50)
  try {
    for (const id of commandIds) {
      const end = await invocationEnd(controller, id, agent.nodeId)
      expect([end.Status, end.StandardErrorContent]).toEqual(['Success', expect.stringContaining('****')])
    }
  } finally {
    clearInterval(watching)
  }
}

async function readAsRoot(): Promise<void> {
  const Name = NAMES[0] ?? ''
  const { Parameter } = await controller.call('GetParameter', { Name, WithDecryption: true })
  expect(Parameter?.Value).toBe(secrets.get(`${Name}:2`))
}

it('plants at least fifty secrets, and finds each form of them where they are', () => {
  expect(secrets.size).toBeGreaterThanOrEqual(MIN_SECRETS)
  const [name = '', secret = ''] = [...secrets][0] ?? []
  const { findIn } = createFinder(secrets)
  const base64 = ['', 'x', 'xy'].map((before) => Buffer.from(`${before}${secret}yz`).toString('base64'))
  for (const text of [secret, JSON.stringify({ secret }), encodeURIComponent(secret), ...base64])
    expect(findIn(Buffer.from(`before ${text} behind`))).toEqual([name])
})

it('shows none of them to a user who may only read, by any operation that reads', { timeout: 240_000 }, async () => {
  const subjects: Subjects = {
    Name: [...NAMES, 'UseSecret'],
    Names: [NAMES.slice(0, 10), NAMES.slice(10)],
    Path: ['/', '/canaries'],
    CommandId: commandIds,
    InstanceId: [agent.nodeId],
    Target: [agent.nodeId],
    UserName: [...USERS, 'reader'],
    RoleName: ['MusterNode'],
    PolicyName: ['canaries'],
    KeyId: ['alias/aws/ssm'],
    ResourceType: ['Parameter', 'Document', 'ManagedInstance', 'Node', 'Command', 'Invocation'],
    ResourceId: [...NAMES, 'UseSecret', agent.nodeId],
    Stream: ['stdout', 'stderr'],
    Subject: commandIds.map((Id) => ({ Type: 'Command', Id })),
  }
  const { findIn } = createFinder(secrets)
  const found: string[] = []
  const answered = new Set<string>()
  for (const operation of readingOperations) {
    for (const input of inputsFor(operation, subjects)) {
      const target = `${operation.service === 'ssm' ? 'AmazonSSM' : 'Muster'}.${operation.name}`
      const { status, text } = await postSigned(reader, target, JSON.stringify(input))
      if (status === 200) answered.add(operation.name)
      expect(status, `${operation.name} ${JSON.stringify(input)}`).toBeLessThan(500)
      found.push(...findIn(Buffer.from(text)).map((secret) => `${operation.name} shows ${secret}`))
    }
  }
  expect(found).toEqual([])
  const asked = [
    'DescribeParameters',
    'GetParameters',
    'ListCommands',
    'GetCommandInvocation',
    'ListUsers',
    'GetDocument',
  ]
  expect(asked.filter((name) => !answered.has(name))).toEqual([])
})

it('leaves none of them in the data of controller and agent, in logs, in the audit or in a process list', async () => {
  const trail: string[] = []
  for (let NextToken: string | undefined; ; ) {
    const page = await controller.call('ListAuditEvents', NextToken === undefined ? {} : { NextToken })
    trail.push(JSON.stringify(page.Events))
    NextToken = page.NextToken
    if (NextToken === undefined) break
  }
  await until('the agent holds no run any more', async () => (await filesBelow(agent.data)).length > 0)
  const { findIn } = createFinder(secrets)
  const places: (readonly [string, Buffer])[] = [
    ['the audit', Buffer.from(trail.join('\n'))],
    ['the log of the controller', Buffer.from(controller.program.log.join('\n'))],
    ['the log of the agent', Buffer.from(agent.program.log.join('\n'))],
    ['a process list', Buffer.from([...processes].join('\n'))],
    ...(await filesBelow(controller.data)),
    ...(await filesBelow(agent.data)),
  ]
  expect(trail.join('')).toContain('GetParameter')
  expect(places.flatMap(([place, bytes]) => findIn(bytes).map((secret) => `${secret} in ${place}`))).toEqual([])
})
