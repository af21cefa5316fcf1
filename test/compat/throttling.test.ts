import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startController, type TestController } from '../rig/controller.ts'
import { createAws } from './clients/aws.ts'
import { startBoto3 } from './clients/boto3.ts'
import type { StockClient } from './clients/client.ts'
import { createSdk } from './clients/sdk.ts'
import { type Answer, type Handle, startRelay } from './relay.ts'
import { postSigned } from './signed.ts'

let controller: TestController
let clients: readonly StockClient[]

beforeAll(async () => {
  controller = await startController({ args: ['--rate-reads', '1'] })
  clients = [startBoto3(controller), createSdk(controller), await createAws(controller)]
})

afterAll(async () => {
  for (const client of clients) await client[Symbol.asyncDispose]()
  await controller[Symbol.asyncDispose]()
})

const clientOf = (name: string): StockClient => clients.find((client) => client.name === name) as StockClient
const isThrottled = ({ status, body }: Answer): boolean => status === 400 && body.includes('ThrottlingException')

/** Asks until the controller has held one call back: what remains of the rate depends on how fast this machine is. */
async function useUpTheRate(): Promise<void> {
  for (;;) {
    const together = Array.from({ length: 10 }, () => postSigned(controller, 'AmazonSSM.ListDocuments', '{}'))
    const answers = await Promise.all(together)
    if (answers.some(({ text }) => text.includes('ThrottlingException'))) return
  }
}

/** Whatever a client sends first meets a rate that is used up; its later tries come when they come. */
function firstAboveTheRate(): { readonly handle: Handle; readonly answers: Answer[] } {
  const answers: Answer[] = []
  return {
    answers,
    async handle(request, send) {
      let answer: Answer | undefined
      while (answer === undefined || (answers.length === 0 && !isThrottled(answer))) {
        if (answers.length === 0) await useUpTheRate()
        answer = await send(request)
      }
      answers.push(answer)
      return answer
    },
  }
}

/** The aws CLI starts a Python process a call. */
const SLOW = { timeout: 180_000 }

describe.each(['boto3', 'aws-sdk', 'aws'] as const)('%s above its rate', SLOW, (name) => {
  it('tries again by itself and gets its answer (row 14)', async () => {
    const { handle, answers } = firstAboveTheRate()
    await using relay = await startRelay(controller.url, handle)
    const outcome = await clientOf(name).call('ListDocuments', {}, { url: relay.url, attempts: 10 })
    expect(outcome).toMatchObject({ ok: true })
    expect(answers[0] && isThrottled(answers[0])).toBe(true)
    expect(answers.at(-1)?.status).toBe(200)
  })

  it('that tries once raises the code and the text of the service (row 14)', async () => {
    const { handle } = firstAboveTheRate()
    await using relay = await startRelay(controller.url, handle)
    const outcome = await clientOf(name).call('ListDocuments', {}, { url: relay.url, attempts: 1 })
    expect(outcome).toMatchObject({
      ok: false,
      code: 'ThrottlingException',
      text: expect.stringContaining('Rate exceeded'),
    })
  })
})
