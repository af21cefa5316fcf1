import { createHash, createHmac } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { OperationName, Operations } from '@muster/protocol/api'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import type { Try } from '../../checker/history.ts'
import type { TestController } from '../../rig/controller.ts'

/** Calls as the SDKs do: signed, and sent again under the same invocation id when no answer came. */
export interface Caller extends Disposable {
  /** One try; rejects when there was no answer. */
  once<Name extends OperationName>(name: Name, input: Operations[Name]['input'], invocationId: string): Promise<Answer>
  /** Sends a command until it is answered or has been tried so often; tells of every try. */
  sendCommand(
    input: Operations['SendCommand']['input'],
    invocationId: string,
    options?: { readonly tries?: number },
  ): Promise<readonly Try[]>
}

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

const ANSWER_MS = 10_000
const PAUSE_MS = { first: 50, most: 400 }

/** SHA-256 and HMAC as the signer wants them, by OpenSSL: a hundred calls a second shall cost little. */
class Sha256 {
  readonly #hash: ReturnType<typeof createHash> | ReturnType<typeof createHmac>
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret))
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data))
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest())
  }
  reset(): void {
    throw new Error('each is used once')
  }
}

const bytesOf = (data: string | ArrayBuffer | ArrayBufferView): string | Uint8Array => {
  if (typeof data === 'string') return data
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data)
}

export function createCaller(controller: TestController): Caller {
  const { accessKeyId, secretAccessKey } = controller
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  const signer = new SignatureV4({
    service: 'ssm',
    region: controller.region,
    credentials: { accessKeyId, secretAccessKey },
    sha256: Sha256,
    applyChecksum: false,
  })

  const once: Caller['once'] = async (name, input, invocationId) => {
    const { hostname, port, host } = new URL(controller.url)
    const headers = {
      host,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AmazonSSM.${name}`,
      'amz-sdk-invocation-id': invocationId,
    }
    const body = JSON.stringify(input)
    const signed = await signer.sign(new HttpRequest({ method: 'POST', path: '/', headers, body }))
    return new Promise<Answer>((resolve, reject) => {
      const sent = request({ hostname, port, agent, method: 'POST', path: '/', headers: signed.headers }, (answer) => {
        read(answer).then(resolve, reject)
      })
      sent.setTimeout(ANSWER_MS, () => sent.destroy(new Error('no answer in time')))
      sent.on('error', reject)
      sent.end(body)
    })
  }

  return {
    once,
    async sendCommand(input, invocationId, { tries: most = 100 } = {}) {
      const tries: Try[] = []
      while (tries.length < most) {
        const at = Date.now()
        const outcome = await once('SendCommand', input, invocationId).then(outcomeOf, unanswered)
        tries.push({ at, endedAt: Date.now(), outcome })
        if (outcome.kind !== 'unknown') break
        const pause = Math.min(PAUSE_MS.most, PAUSE_MS.first * 2 ** tries.length)
        if (tries.length < most) await delay(pause * (0.5 + Math.random() / 2))
      }
      return tries
    },
    [Symbol.dispose]: () => agent.destroy(),
  }
}

async function read(answer: IncomingMessage): Promise<Answer> {
  const parts: Buffer[] = []
  for await (const part of answer as AsyncIterable<Buffer>) parts.push(part)
  return { status: answer.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString()) as Answer['body'] }
}

function outcomeOf({ status, body }: Answer): Try['outcome'] {
  const code = String(body['__type']).replace(/^.*#/, '')
  if (status >= 500) return { kind: 'unknown', problem: `${status} ${code}` }
  if (status !== 200) return { kind: 'refused', code }
  const { Command } = body as Operations['SendCommand']['output']
  return { kind: 'accepted', commandId: Command?.CommandId ?? '' }
}

const unanswered = (error: unknown): Try['outcome'] => ({
  kind: 'unknown',
  problem: error instanceof Error ? error.message : String(error),
})
