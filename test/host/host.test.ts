import { afterAll, beforeAll, expect, it } from 'vitest'
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
