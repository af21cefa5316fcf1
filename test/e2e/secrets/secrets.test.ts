import { createHash } from 'node:crypto'
import { mkdtempDisposableSync, readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { run } from '../../host/shell.ts'
import { readText, startAgent, type TestAgent } from '../../rig/agent.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { until } from '../../rig/until.ts'

const main = fileURLToPath(new URL('../../../packages/agent/src/main.ts', import.meta.url))
const SECRET = `canary 5f1c'"$(reboot)" \`id\` \\ & ; | <> * ? ~ # ! ä€😀 end`
const FORMS = [SECRET, Buffer.from(SECRET).toString('base64').slice(0, -4), encodeURIComponent(SECRET)]

const DOCUMENT = JSON.stringify({
  schemaVersion: '2.2',
  parameters: { password: { type: 'String', interpolationType: 'ENV_VAR' }, folder: { type: 'String' } },
  mainSteps: [
    {
      action: 'aws:runShellScript',
      name: 'use',
      inputs: {
        runCommand: [
          'printf %s {{ password }} | sha256sum | cut -c1-64 >{{ folder }}/sum',
          'echo "it is {{ password }}"; printf %s "$SSM_password" | base64 -w0; echo "and {{ password }}" >&2',
          'touch {{ folder }}/running',
          'while [ ! -e {{ folder }}/go ]; do sleep 0.1; done',
        ],
      },
    },
  ],
})

/** A controller with a secret and a plain value, and an agent whose role may read what is below /app. */
async function start() {
  const stack = new AsyncDisposableStack()
  const runFolder = stack.adopt(mkdtempDisposableSync('/dev/shm/muster-run-'), (folder) => folder.remove())
  const controller = stack.use(await startController())
  const parameters = `arn:aws:ssm:${controller.region}:${controller.accountId}:parameter/app/*`
  const statements = [
    { Effect: 'Allow', Action: ['ssm:GetParameter'], Resource: parameters },
    { Effect: 'Allow', Action: ['kms:Decrypt'], Resource: '*' },
  ]
  await controller.call('PutRolePolicy', {
    ...{ RoleName: 'MusterNode', PolicyName: 'parameters' },
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
  })
  await controller.call('PutParameter', { Name: '/app/secret', Value: SECRET, Type: 'SecureString' })
  await controller.call('PutParameter', { Name: '/app/plain', Value: 'plain value', Type: 'String' })
  await controller.call('PutParameter', { Name: '/other', Value: 'not for nodes', Type: 'String' })
  const agent = stack.use(await startAgent(controller, { args: ['--run-dir', runFolder.path] }))
  return {
    ...{ controller, agent, runFolder: runFolder.path },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  }
}

/** Files below a folder that hold the secret in a form of it. */
function holding(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => hasSecret(readFileSync(file)))
}

const hasSecret = (bytes: Buffer): boolean => FORMS.some((form) => bytes.includes(form))

/** Command lines of this machine that hold the secret. */
function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return hasSecret(readFileSync(`/proc/${pid}/cmdline`))
      } catch {
        return false
      }
    })
}

const agentCommand = (agent: TestAgent, ...words: string[]) =>
  run([process.execPath, main, ...words, '--data', agent.data], { timeoutMs: 120_000 })

async function invocation(controller: TestController, CommandId: string, { nodeId }: TestAgent) {
  const view = () => controller.call('GetCommandInvocation', { CommandId, InstanceId: nodeId })
  const hasEnded = async () => !['Pending', 'InProgress', 'Delayed'].includes((await view()).Status ?? 'Pending')
  await until('the command has ended', hasEnded, 240_000)
  return view()
}

describe('secrets in use', { timeout: 600_000 }, () => {
  it('a secret is seen nowhere but in its script, which gets it byte for byte', async () => {
    await using stand = await start()
    const { controller, agent, runFolder } = stand
    await controller.call('CreateDocument', { Name: 'use-secret', Content: DOCUMENT, DocumentType: 'Command' })
    const { Command } = await controller.call('SendCommand', {
      ...{ DocumentName: 'use-secret', InstanceIds: [agent.nodeId] },
      Parameters: { password: ['{{ ssm-secure:/app/secret }}'], folder: [agent.scratch] },
    })
    const CommandId = Command?.CommandId ?? ''
    await until('the script runs', async () => readdirSync(agent.scratch).includes('running'), 240_000)
    expect([commandLines(), holding(agent.data), holding(controller.data)]).toEqual([[], [], []])

    await writeFile(join(agent.scratch, 'go'), '')
    const ended = await invocation(controller, CommandId, agent)
    expect(ended).toMatchObject({ Status: 'Success', StandardErrorContent: 'and ****\n' })
    expect(ended.StandardOutputContent).toMatch(/^it is \*{4}\n\*{4}=*$/)
    expect(await readText(join(agent.scratch, 'sum'))).toBe(`${createHash('sha256').update(SECRET).digest('hex')}\n`)

    const views = [
      await controller.call('ListCommands', { CommandId }),
      await controller.call('ListCommandInvocations', { CommandId, Details: true }),
      await controller.call('ListAuditEvents', {}),
    ]
    expect(hasSecret(Buffer.from(JSON.stringify(views)))).toBe(false)
    expect([holding(agent.data), holding(controller.data), holding(runFolder)]).toEqual([[], [], []])
    expect([...agent.program.log, ...controller.program.log].filter((line) => hasSecret(Buffer.from(line)))).toEqual([])
  })

  it('a step whose secret the role of its node may not read fails, and says which one and why', async () => {
    await using stand = await start()
    const { controller, agent } = stand
    await controller.call('PutParameter', { Name: '/closed', Value: SECRET, Type: 'SecureString' })
    await controller.call('CreateDocument', { Name: 'use-secret', Content: DOCUMENT, DocumentType: 'Command' })
    const { Command } = await controller.call('SendCommand', {
      ...{ DocumentName: 'use-secret', InstanceIds: [agent.nodeId] },
      Parameters: { password: ['{{ ssm-secure:/closed }}'], folder: [agent.scratch] },
    })
    const ended = await invocation(controller, Command?.CommandId ?? '', agent)
    expect(ended).toMatchObject({
      Status: 'Failed',
      StandardErrorContent: expect.stringMatching(/^muster: SecretUnavailable: .*the secret \/closed:1: AccessDenied/),
    })
    expect(readdirSync(agent.scratch)).toEqual([])
  })

  it('the agent reads parameters for its host, as far as the role of the node may', async () => {
    await using stand = await start()
    const { agent } = stand
    const get = (...words: string[]) => agentCommand(agent, 'parameter', 'get', ...words)
    expect(await get('/app/plain')).toMatchObject({ status: 0, stdout: 'plain value\n' })
    expect(await get('/app/secret', '--with-decryption')).toMatchObject({ status: 0, stdout: `${SECRET}\n` })
    expect(await get('/app/gone')).toMatchObject({ status: 1, stderr: 'muster-agent: /app/gone: ParameterNotFound\n' })
    expect(await get('/other')).toMatchObject({ status: 1, stderr: expect.stringContaining('AccessDeniedException') })
    await agent.stop('SIGTERM')
    expect(await get('/app/plain')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`no agent runs on ${agent.data}`),
    })
  })
})
