import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CommandInvocation } from '@muster/protocol/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAgent, type TestAgent } from '../rig/agent.ts'
import { startController, type TestController } from '../rig/controller.ts'
import { until } from '../rig/until.ts'

let controller: TestController
let agent: TestAgent
let server: Server

beforeAll(async () => {
  controller = await startController()
  agent = await startAgent(controller)
  server = createServer((_request, response) => response.end('echo "fetched and run with $1"\n')).listen(0, '127.0.0.1')
  await once(server, 'listening')
})

afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await agent[Symbol.asyncDispose]()
  await controller[Symbol.asyncDispose]()
})

/** Runs a document on the one node: how it ended, and what each step wrote. */
async function run(DocumentName: string, Parameters: Readonly<Record<string, string[]>> = {}) {
  const { Command } = await controller.call('SendCommand', { DocumentName, InstanceIds: [agent.nodeId], Parameters })
  const asked = { CommandId: Command?.CommandId ?? '', Details: true }
  let shown: CommandInvocation | undefined
  await until(`${DocumentName} is over`, async () => {
    shown = (await controller.call('ListCommandInvocations', asked)).CommandInvocations?.[0]
    return shown !== undefined && !['Pending', 'InProgress', 'Delayed'].includes(shown.Status ?? '')
  })
  const { Status: status, CommandPlugins = [] } = shown ?? {}
  return { status, outputs: CommandPlugins.map(({ Output }) => Output?.trim()) }
}

describe('of the documents that come with Muster', { timeout: 120_000 }, () => {
  it('AWS-Noop does nothing and succeeds', async () => {
    expect((await run('AWS-Noop')).status).toBe('Success')
  })

  it('AWS-RunRemoteScript fetches a script and runs a line in its folder', async () => {
    const { port } = server.address() as AddressInfo
    const sourceInfo = { url: `http://127.0.0.1:${port}/say.sh`, allowInsecureDownload: true }
    const parameters = {
      ...{ sourceType: ['HTTP'], sourceInfo: [JSON.stringify(sourceInfo)], commandLine: ["sh say.sh 'two words'"] },
    }
    const { status, outputs } = await run('AWS-RunRemoteScript', parameters)
    expect([status, outputs[1]]).toEqual(['Success', 'fetched and run with two words'])
  })

  it('AWS-RunDocument runs another document of the controller with its parameters', async () => {
    const Content = JSON.stringify({
      schemaVersion: '2.2',
      parameters: { word: { type: 'String', interpolationType: 'ENV_VAR' } },
      mainSteps: [{ action: 'aws:runShellScript', name: 'say', inputs: { runCommand: ['echo {{ word }}'] } }],
    })
    await controller.call('CreateDocument', { Name: 'Inner', Content })
    const parameters = {
      ...{ sourceType: ['SSMDocument'], sourceInfo: ['{"name": "Inner"}'], documentPath: ['Inner.json'] },
      documentParameters: ['{"word": "$(id)"}'],
    }
    const { status, outputs } = await run('AWS-RunDocument', parameters)
    expect([status, outputs[1]]).toEqual(['Success', expect.stringContaining('$(id)')])
  })

  it('AWS-RunPatchBaseline fails on a node that cannot patch yet, and says so', async () => {
    const { status, outputs } = await run('AWS-RunPatchBaseline', { Operation: ['Scan'] })
    expect([status, outputs[0]]).toEqual([
      'Failed',
      expect.stringContaining('Plugin with name muster:patchBaseline is not supported by this version of ssm agent'),
    ])
  })
})
