import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeZip } from '../../../packages/agent/src/plugins/archive/testing/make-archive.ts'
import { readText, startAgent, type TestAgent } from '../../rig/agent.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { invocationEnd } from '../../rig/script.ts'

const LONG_MS = 180_000

let controller: TestController
let agent: TestAgent
beforeAll(async () => {
  controller = await startController()
  agent = await startAgent(controller)
}, LONG_MS)
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
  await controller[Symbol.asyncDispose]()
})

const create = (Name: string, content: object) =>
  controller.call('CreateDocument', {
    Name,
    Content: JSON.stringify(content),
    DocumentType: 'Command',
    DocumentFormat: 'JSON',
  })
const shell = (name: string, runCommand: string, more: object = {}) => ({
  ...{ action: 'aws:runShellScript', name },
  inputs: { runCommand: [runCommand], ...more },
})

/** Sends a document to the agent and answers how each of its steps ended. */
async function run(DocumentName: string, Parameters: Record<string, string[]> = {}) {
  const { Command } = await controller.call('SendCommand', { DocumentName, Parameters, InstanceIds: [agent.nodeId] })
  const CommandId = Command?.CommandId ?? ''
  const { Status } = await invocationEnd(controller, CommandId, agent.nodeId, LONG_MS)
  const { CommandInvocations = [] } = await controller.call('ListCommandInvocations', { CommandId, Details: true })
  const plugins = CommandInvocations[0]?.CommandPlugins ?? []
  return { Status, plugins: plugins.map(({ Name, Status: status, Output }) => [Name, status, Output]) }
}

it(
  'a document of three steps with a precondition, onFailure, an ENV_VAR parameter and a nested document runs on a node',
  async () => {
    const word = { type: 'String', interpolationType: 'ENV_VAR' }
    await create('E2E-Inner', {
      ...{ schemaVersion: '2.2', parameters: { word } },
      mainSteps: [shell('says', `printf '%s' {{ word }}`), shell('fails', 'echo oops >&2; exit 4')],
    })
    const inputs = {
      documentType: 'SSMDocument',
      documentPath: 'E2E-Inner',
      documentParameters: { word: '{{ word }}' },
    }
    await create('E2E-Outer', {
      ...{ schemaVersion: '2.2', parameters: { word } },
      mainSteps: [
        { ...shell('windows', 'echo never'), precondition: { StringEquals: ['platformType', 'Windows'] } },
        { action: 'aws:runDocument', name: 'inside', inputs: { ...inputs, onFailure: 'exit' } },
        shell('never', `touch ${agent.scratch}/never`),
        shell('last', `printf '%s' {{ word }}`, { finallyStep: true }),
      ],
    })
    const value = `' " $(touch ${agent.scratch}/canary) \` ; | & \\ é {{ x }}`
    const { Status, plugins } = await run('E2E-Outer', { word: [value] })
    expect(Status).toBe('Failed')
    expect(plugins.map(([name, status]) => [name, status])).toEqual([
      ...[
        ['windows', 'Success'],
        ['inside', 'Failed'],
        ['never', 'Success'],
        ['last', 'Success'],
      ],
    ])
    expect(plugins[1]?.[2]).toContain(`says output:\n${value}\n`)
    expect(plugins[1]?.[2]).toContain('fails output:\noops\n')
    expect(plugins[3]?.[2]).toBe(value)
    expect([await readText(`${agent.scratch}/never`), await readText(`${agent.scratch}/canary`)]).toEqual(['', ''])
  },
  LONG_MS,
)

it(
  'a package of the controller is installed on a node, and removed',
  async () => {
    const zip = makeZip([
      { name: 'install.sh', content: `echo "installed $SSM_word" >>'${agent.scratch}/package'\n` },
      { name: 'uninstall.sh', content: `echo removed >>'${agent.scratch}/package'\n` },
    ])
    const bucket = join(controller.data, 'buckets', 'packages')
    await mkdir(bucket, { recursive: true })
    await writeFile(join(bucket, 'tool.zip'), zip)
    const manifest = {
      ...{ schemaVersion: '2.0', version: '1.0.0', packages: { _any: { _any: { _any: { file: 'tool.zip' } } } } },
      files: { 'tool.zip': { checksums: { sha256: createHash('sha256').update(zip).digest('hex') } } },
    }
    await controller.call('CreateDocument', {
      ...{ Name: 'E2E-Tool', DocumentType: 'Package', DocumentFormat: 'JSON', VersionName: '1.0.0' },
      Content: JSON.stringify(manifest),
      Attachments: [{ Key: 'S3FileUrl', Values: ['s3://packages/tool.zip'], Name: 'tool.zip' }],
    })
    const parameters = { action: { type: 'String' }, version: { type: 'String', default: '' } }
    const inputs = { name: 'E2E-Tool', action: '{{ action }}', version: '{{ version }}' }
    const step = { action: 'aws:configurePackage', name: 'configure' }
    await create('E2E-Configure', {
      ...{ schemaVersion: '2.2', parameters },
      mainSteps: [{ ...step, inputs: { ...inputs, additionalArguments: { SSM_word: 'well' } } }],
    })
    expect(await run('E2E-Configure', { action: ['Install'], version: ['1.0.0'] })).toMatchObject({ Status: 'Success' })
    expect((await run('E2E-Configure', { action: ['Install'] })).plugins[0]?.[2]).toBe(
      'E2E-Tool 1.0.0 is already installed\n',
    )
    expect((await run('E2E-Configure', { action: ['Install'], version: ['9'] })).plugins[0]).toEqual([
      ...['configure', 'Failed'],
      expect.stringContaining('Document E2E-Tool has no version 9.'),
    ])
    expect(await run('E2E-Configure', { action: ['Uninstall'] })).toMatchObject({ Status: 'Success' })
    expect(await readText(`${agent.scratch}/package`)).toBe('installed well\nremoved\n')
  },
  LONG_MS,
)
