import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAgent, type TestAgent } from '../rig/agent.ts'
import { startController, type TestController } from '../rig/controller.ts'
import { type Aws, createAws } from './clients/aws.ts'
import { type Boto3, startBoto3 } from './clients/boto3.ts'
import type { StockClient } from './clients/client.ts'
import { createSdk } from './clients/sdk.ts'
import { documentCalls } from './document-rows.ts'
import { parameterCalls } from './parameter-rows.ts'
import { documents, type Row, rows } from './rows.ts'

let controller: TestController
let agent: TestAgent
let boto3: Boto3
let sdk: StockClient
let aws: Aws
let actual: Readonly<Record<string, string>>

beforeAll(async () => {
  controller = await startController()
  agent = await startAgent(controller)
  boto3 = startBoto3(controller)
  sdk = createSdk(controller)
  aws = await createAws(controller)
  for (const document of documents) await controller.call('CreateDocument', document as never)
  for (const [operation, input] of [...parameterCalls, ...documentCalls])
    await controller.call(operation, input as never)
  const { Command } = await controller.call('SendCommand', {
    DocumentName: 'AWS-RunShellScript',
    Parameters: { commands: ['true'] },
    InstanceIds: [agent.nodeId],
  })
  actual = { node: agent.nodeId, account: controller.accountId, command: Command?.CommandId ?? '' }
})

afterAll(async () => {
  await aws[Symbol.asyncDispose]()
  await boto3[Symbol.asyncDispose]()
  await agent[Symbol.asyncDispose]()
  await controller[Symbol.asyncDispose]()
})

const fill = (text: string): string => text.replace(/<(node|account|command)>/g, (_whole, name) => actual[name] ?? '')
const inputOf = ({ input }: Row) => JSON.parse(fill(JSON.stringify(input)))
/** The rows are about what the controller says, not about what a client refuses to send. */
const unchecked = { unchecked: true }
const named = rows.map((row): [string, Row] => [
  `${row.operation} with ${row.title}${row.row === undefined ? '' : ` (row ${row.row})`}`,
  row,
])

describe('boto3 raises', () => {
  it.each(named)('its own class for %s', async (_name, row) => {
    const outcome = await boto3.call(row.operation, inputOf(row), unchecked)
    if (outcome.ok) expect.unreachable(JSON.stringify(outcome.output))
    else expect([outcome.code, outcome.kind]).toEqual(row.boto3)
  })
})

describe('@aws-sdk/client-ssm throws', () => {
  it.each(named)('the error of that name for %s', async (_name, row) => {
    const outcome = await sdk.call(row.operation, inputOf(row), unchecked)
    if (outcome.ok) expect.unreachable(JSON.stringify(outcome.output))
    else expect(outcome.code).toBe(row.sdk)
  })
})

describe('aws prints', { timeout: 120_000 }, () => {
  it.each(named)('the text of %s', async (_name, row) => {
    const outcome = await aws.call(row.operation, inputOf(row), unchecked)
    if (outcome.ok) expect.unreachable(JSON.stringify(outcome.output))
    else expect(outcome.text).toBe(fill(row.aws))
  })
})
