import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFinder, filesBelow } from '../e2e/secrets/sightings.ts'
import { startController, type TestController } from '../rig/controller.ts'
import { until } from '../rig/until.ts'
import { type BootedHost, bootHost } from './booted-host.ts'
import { createNetwork, type HostNetwork } from './network.ts'
import { must } from './shell.ts'

// One host for all: each test goes on from where the one before left it, as an operator would.
let network: HostNetwork
let controller: TestController
let host: BootedHost
let nodeId = ''

const REBOOT_DOCUMENT = JSON.stringify({
  schemaVersion: '2.2',
  description: 'three steps, the second reboots the host once',
  mainSteps: [
    step('first', ['echo first >>/var/lib/ledger', 'sync', 'cat /proc/sys/kernel/random/boot_id']),
    step('second', [
      'echo second >>/var/lib/ledger',
      'sync',
      'if [ ! -e /var/lib/rebooted ]; then touch /var/lib/rebooted; sync; echo rebooting; exit 194; fi',
      'echo back',
    ]),
    step('third', ['echo third >>/var/lib/ledger', 'sync', 'cat /proc/sys/kernel/random/boot_id']),
  ],
})

function step(name: string, runCommand: readonly string[]) {
  return { action: 'aws:runShellScript', name, inputs: { runCommand } }
}

const READ_SECRETS = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: ['ssm:GetParameter', 'ssm:GetParameters', 'kms:Decrypt'], Resource: '*' },
})

const INSIDE = JSON.stringify({
  schemaVersion: '2.2',
  parameters: { text: { type: 'String', interpolationType: 'ENV_VAR' } },
  mainSteps: [step('say', ['printf "inside: %s" "{{ text }}"'])],
})

const OUTSIDE = JSON.stringify({
  schemaVersion: '2.2',
  parameters: {
    greeting: { type: 'String', interpolationType: 'ENV_VAR' },
    secret: { type: 'String', interpolationType: 'ENV_VAR' },
  },
  mainSteps: [
    { ...step('elsewhere', ['exit 1']), precondition: { StringEquals: ['platformType', 'Windows'] } },
    {
      ...step('speak', [
        'printf %s "{{ greeting }}" >/var/lib/greeting',
        'printf %s "{{ secret }}" | sha256sum >/var/lib/secret.hash',
        'echo "said: {{ secret }}"',
      ]),
      precondition: { StringEquals: ['platformType', 'Linux'] },
    },
    {
      action: 'aws:runDocument',
      name: 'nested',
      inputs: {
        documentType: 'SSMDocument',
        documentPath: 'InsideHost',
        documentParameters: { text: '{{ greeting }}' },
      },
    },
    withFlow(step('refuse', ['exit 3']), { onFailure: 'successAndExit' }),
    step('never', ['touch /var/lib/pwned']),
  ],
})

function withFlow(one: ReturnType<typeof step>, flow: object) {
  return { ...one, inputs: { ...one.inputs, ...flow } }
}

const aws = (...args: string[]): Promise<string> => must(['aws', 'ssm', ...args], { env: controller.awsEnvironment })

beforeAll(async () => {
  network = await createNetwork('mustert', '10.213.77')
  const address = `https://${network.near}:0`
  controller = await startController({
    listen: ['http://127.0.0.1:0', address],
    args: ['--agent-bundle', await agentBundle()],
  })
  host = await bootHost('mustert', network)
}, 300_000)

afterAll(async () => {
  await host?.[Symbol.asyncDispose]()
  await controller?.[Symbol.asyncDispose]()
  await network?.[Symbol.asyncDispose]()
}, 60_000)

async function agentBundle(): Promise<string> {
  const { buildAgent } = await import('../../scripts/build-agent.ts')
  return (await buildAgent()).path
}

it('has neither Node nor a way out', async () => {
  expect((await host.shell('command -v node npm')).stdout).toBe('')
  expect((await host.shell('ip route show default 2>/dev/null || true')).stdout).toBe('')
})

it('enrols with the one pasted line', async () => {
  const { Command } = await controller.call('CreateEnrolmentCommand', {
    IamRole: 'MusterNode',
    DefaultInstanceName: 'web-1',
    Tags: [
      { Key: 'role', Value: 'web' },
      { Key: 'env', Value: 'test' },
    ],
  })
  const pasted = await host.shell(Command ?? '')
  expect(pasted.status, `${pasted.stdout}\n${pasted.stderr}`).toBe(0)
  await until('the host is Online', async () => {
    const { InstanceInformationList: [node] = [] } = await controller.call('DescribeInstanceInformation', {})
    nodeId = node?.InstanceId ?? ''
    return node?.PingStatus === 'Online'
  })
  expect((await host.shell('systemctl is-active muster-agent')).stdout.trim()).toBe('active')
})

it('runs a command by tag through the stock CLI', async () => {
  const commandId = (
    await aws(
      'send-command',
      '--document-name',
      'AWS-RunShellScript',
      '--targets',
      'Key=tag:role,Values=web',
      'Key=tag:env,Values=test',
      '--parameters',
      'commands=hostname;id -u;cat /proc/self/oom_score_adj',
      '--query',
      'Command.CommandId',
      '--output',
      'text',
    )
  ).trim()
  await aws('wait', 'command-executed', '--command-id', commandId, '--instance-id', nodeId)
  const view = JSON.parse(
    await aws('get-command-invocation', '--command-id', commandId, '--instance-id', nodeId),
  ) as Record<string, unknown>
  expect(view).toMatchObject({ Status: 'Success', ResponseCode: 0, StandardOutputContent: 'mustert\n0\n0\n' })
})

it('runs scripts outside the agent’s own unit, so that stopping the agent leaves them alone', async () => {
  const commandId = await send('AWS-RunShellScript', {
    commands: ['cat /proc/self/cgroup', 'sleep 4', 'echo still here'],
  })
  await until('the script runs', async () => (await host.shell('pgrep -f "sleep 4"')).status === 0)
  expect((await host.shell('systemctl restart muster-agent')).status).toBe(0)
  const { StandardOutputContent: output = '', Status } = await ended(commandId)
  expect(Status).toBe('Success')
  expect(output).toContain('still here')
  expect(output).not.toContain('muster-agent.service')
})

it('survives a step that reboots the host: that step runs twice, every other once', async () => {
  await controller.call('CreateDocument', {
    Name: 'ThreeSteps',
    Content: REBOOT_DOCUMENT,
    DocumentType: 'Command',
    DocumentFormat: 'JSON',
  })
  const boots = host.boots
  const commandId = await send('ThreeSteps', {})
  await until('the command has ended', async () => (await status(commandId)) !== 'InProgress', 180_000)
  expect(await status(commandId)).toBe('Success')
  expect((await host.shell('cat /var/lib/ledger')).stdout).toBe('first\nsecond\nsecond\nthird\n')
  expect(host.boots).toBe(boots + 1)
  const bootIds = await Promise.all(
    ['first', 'third'].map(async (PluginName) => (await view(commandId, PluginName)).StandardOutputContent),
  )
  expect(bootIds[0]).not.toBe(bootIds[1])
  expect((await view(commandId, 'second')).StandardOutputContent).toBe('back\n')
}, 240_000)

it('runs a document with conditions, a secret and a document inside, and the secret is nowhere but in the script', async () => {
  const hostile = `a"b'c $(touch /var/lib/pwned) \`touch /var/lib/pwned\`;touch /var/lib/pwned|&<>*?[]{}~!#%\\ \n\tü`
  const secret = `Kanarie "${'x1y2z3'.repeat(4)}" & $HOME\\`
  await controller.call('PutParameter', { Name: '/host/secret', Value: secret, Type: 'SecureString' })
  await controller.call('PutRolePolicy', {
    ...{ RoleName: 'MusterNode', PolicyName: 'secret', PolicyDocument: READ_SECRETS },
  })
  const documents = { InsideHost: INSIDE, OnHost: OUTSIDE }
  for (const [Name, Content] of Object.entries(documents))
    await controller.call('CreateDocument', { Name, Content, DocumentType: 'Command', DocumentFormat: 'JSON' })
  const commandId = await send('OnHost', { greeting: [hostile], secret: ['{{ ssm-secure:/host/secret }}'] })
  await until('the command has ended', async () => (await status(commandId)) !== 'InProgress', 120_000)

  const steps = ['elsewhere', 'speak', 'nested', 'refuse', 'never']
  const views = await Promise.all(steps.map((name) => view(commandId, name)))
  expect(views.map(({ Status, ResponseCode }) => [Status, ResponseCode])).toEqual([
    ...[0, 0, 0, 168, 0].map((code) => ['Success', code]),
  ])
  expect(views[0]?.StandardOutputContent).toContain('skipped due to unsatisfied preconditions')
  expect(views[4]?.StandardOutputContent).toContain('skipped due to prior step with an exit condition')
  expect(await status(commandId)).toBe('Success')
  expect(views[1]?.StandardOutputContent).toBe('said: ****\n')
  expect(views[2]?.StandardOutputContent).toContain(`inside: ${hostile}`)
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
  expect((await host.shell('sha256sum </var/lib/greeting; cat /var/lib/secret.hash')).stdout).toBe(
    `${hash(hostile)}  -\n${hash(secret)}  -\n`,
  )
  expect((await host.shell('test -e /var/lib/pwned')).status).not.toBe(0)

  const { findIn } = createFinder(new Map([['the secret', secret]]))
  const folders = ['var', 'run', 'etc', 'root', 'tmp'].map((name) => `${host.root}/${name}`)
  const places = (await Promise.all([controller.data, ...folders].map(filesBelow))).flat()
  const journal = await host.shell('journalctl --no-pager')
  const all = [...places, ['the journal', Buffer.from(journal.stdout)] as const]
  expect(all.flatMap(([place, bytes]) => (findIn(bytes).length > 0 ? [place] : []))).toEqual([])
  expect((await host.shell(`grep -rlF '${'x1y2z3'.repeat(4)}' /run /tmp /dev/shm 2>/dev/null`)).stdout).toBe('')
}, 180_000)

it('tells the operator on the host what it is', async () => {
  const told = await host.shell('muster-agent status')
  expect(told.stdout).toContain(nodeId)
  expect(told.stdout).toContain('online')
  const doctor = await host.shell('muster-agent doctor')
  expect(doctor.status, doctor.stdout).toBe(0)
})

it('keeps its files from other users', async () => {
  const modes = await host.shell(
    'stat -c "%a %n" /var/lib/muster-agent /var/lib/muster-agent/identity.pem /var/lib/muster-agent/registration.json',
  )
  expect(modes.stdout).toBe(
    '700 /var/lib/muster-agent\n600 /var/lib/muster-agent/identity.pem\n600 /var/lib/muster-agent/registration.json\n',
  )
})

const send = async (DocumentName: string, Parameters: Record<string, string[]>): Promise<string> =>
  (await controller.call('SendCommand', { DocumentName, InstanceIds: [nodeId], Parameters })).Command?.CommandId ?? ''

const view = (CommandId: string, PluginName?: string) =>
  controller.call('GetCommandInvocation', { CommandId, InstanceId: nodeId, ...(PluginName ? { PluginName } : {}) })

const status = async (commandId: string): Promise<string | undefined> => {
  const { CommandInvocations: [invocation] = [] } = await controller.call('ListCommandInvocations', {
    CommandId: commandId,
  })
  return invocation?.Status === 'Pending' ? 'InProgress' : invocation?.Status
}

async function ended(commandId: string) {
  await until('the command has ended', async () => (await status(commandId)) !== 'InProgress')
  return view(commandId)
}
