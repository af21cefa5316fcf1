import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enrolFakeAgent } from '../kit/fake-fleet.ts'
import { startController, type TestController } from '../rig/controller.ts'
import { createAws } from './clients/aws.ts'
import { startBoto3 } from './clients/boto3.ts'
import { outputOf, type StockClient } from './clients/client.ts'
import { createSdk } from './clients/sdk.ts'
import { type Answer, type Handle, headerOf, startRelay, withHeader } from './relay.ts'

let controller: TestController
let clients: readonly StockClient[]
/** Enrolled and never online: what is sent to it stays. */
let nodeId: string
const command = { DocumentName: 'AWS-RunShellScript', Parameters: { commands: ['true'] } }

beforeAll(async () => {
  controller = await startController()
  clients = [startBoto3(controller), createSdk(controller), await createAws(controller)]
  const { ActivationId = '', ActivationCode = '' } = await controller.call('CreateActivation', {
    IamRole: 'MusterNode',
  })
  nodeId = (await enrolFakeAgent({ url: controller.url, activationId: ActivationId, code: ActivationCode })).nodeId
})

afterAll(async () => {
  for (const client of clients) await client[Symbol.asyncDispose]()
  await controller[Symbol.asyncDispose]()
})

const names = ['boto3', 'aws-sdk', 'aws'] as const
const clientOf = (name: string): StockClient => clients.find((client) => client.name === name) as StockClient

/** Sends one command through a relay; gives what the client got, and every command that is there because of it. */
async function sendThrough(name: string, handle: Handle) {
  await using relay = await startRelay(controller.url, handle)
  const Comment = randomUUID()
  const input = { ...command, InstanceIds: [nodeId], Comment }
  const outcome = await clientOf(name).call('SendCommand', input, { url: relay.url })
  const { Commands = [] } = await controller.call('ListCommands', { InstanceId: nodeId })
  const made = Commands.filter((each) => each.Comment === Comment).map(({ CommandId }) => CommandId)
  return { outcome, made, requests: relay.requests }
}

/** The aws CLI starts a Python process a call. */
const SLOW = { timeout: 120_000 }

describe.each(names)('%s', SLOW, (name) => {
  it.each<[string, Handle]>([
    ['lost', onceAnswered(() => 'cut')],
    ['turned into a 500', onceAnswered((answer) => ({ ...answer, status: 500, body: Buffer.from('{}') }))],
  ])('whose first answer is %s tries again and has sent one command', async (_how, handle) => {
    const { outcome, made, requests } = await sendThrough(name, handle)
    expect(requests).toHaveLength(2)
    expect(made).toEqual([outputOf(outcome).Command?.CommandId])
  })

  it('whose signed request is sent again gets the first answer, and there is one command (row 60)', async () => {
    const answers: string[] = []
    const { outcome, made } = await sendThrough(name, async (request, send) => {
      answers.push((await send(request)).body.toString())
      const second = await send(request)
      answers.push(second.body.toString())
      return second
    })
    expect(answers[1]).toBe(answers[0])
    expect(made).toEqual([outputOf(outcome).Command?.CommandId])
  })

  it('that makes the same call twice has sent two commands', async () => {
    const ids: (string | undefined)[] = []
    for (const _call of [1, 2])
      ids.push(
        outputOf(await clientOf(name).call('SendCommand', { ...command, InstanceIds: [nodeId] })).Command?.CommandId,
      )
    expect(new Set(ids).size).toBe(2)
  })
})

describe('the same request under another invocation id', SLOW, () => {
  const sendBoth: Handle = async (request, send) => {
    await send(request)
    return send(withHeader(request, 'amz-sdk-invocation-id', randomUUID()))
  }

  it.each(['boto3', 'aws'])(
    'is a second command where the client does not sign the id, as %s (row 60)',
    async (name) => {
      const { outcome, made } = await sendThrough(name, sendBoth)
      expect(made).toHaveLength(2)
      expect(made).toContain(outputOf(outcome).Command?.CommandId)
    },
  )

  it('is refused where the client signs the id, as the SDK does (row 60)', async () => {
    const { outcome, made } = await sendThrough('aws-sdk', sendBoth)
    expect(outcome).toMatchObject({ ok: false, code: 'InvalidSignatureException' })
    expect(made).toHaveLength(1)
  })
})

/** The controller answers; what the client gets of the first answer is another thing. */
function onceAnswered(change: (answer: Answer) => Answer | 'cut'): Handle {
  const seen = new Set<string | undefined>()
  return async (request, send) => {
    const answer = await send(request)
    const id = headerOf(request, 'amz-sdk-invocation-id')
    if (seen.has(id)) return answer
    seen.add(id)
    return change(answer)
  }
}
