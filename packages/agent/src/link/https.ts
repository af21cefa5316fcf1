import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { LinkError } from './link-error.ts'

/** Where the controller is and which CA its certificate must come from; the system's store is never asked. */
export interface ControllerAddress {
  readonly url: string
  readonly caPem?: string | undefined
}

export interface HttpAnswer {
  readonly status: number
  readonly body: Buffer
}

interface Ask {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: string
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

const MAX_ANSWER_BYTES = 1024 * 1024

/** One small request to the controller; rejects with `LinkError` when there is no whole answer. */
export function ask(address: ControllerAddress, request: Ask): Promise<HttpAnswer> {
  const { method, path, body, timeoutMs = 30_000, signal } = request
  const url = new URL(path, address.url)
  const headers =
    body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  const shared = { method, headers, timeout: timeoutMs, agent: false as const, ...(signal && { signal }) }
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) =>
      reject(
        cause instanceof LinkError ? cause : new LinkError('unreachable', `${url.origin}: ${cause.message}`, { cause }),
      )
    const onAnswer = (answer: IncomingMessage) => collect(answer).then(resolve, fail)
    const sent =
      url.protocol === 'https:'
        ? tlsRequest(url, { ...shared, ...trust(address) }, onAnswer)
        : plainRequest(url, shared, onAnswer)
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${timeoutMs} ms`)))
    sent.on('error', fail)
    sent.end(body)
  })
}

/** TLS 1.3 and, where one is pinned, only the controller's own CA. */
export function trust({ caPem }: ControllerAddress): { minVersion: 'TLSv1.3'; ca?: string } {
  return { minVersion: 'TLSv1.3', ...(caPem === undefined ? {} : { ca: caPem }) }
}

/** An answer to its end; rejects when it is cut short or larger than any answer that the controller gives. */
export async function collect(answer: IncomingMessage): Promise<HttpAnswer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    length += part.length
    if (length > MAX_ANSWER_BYTES) throw new LinkError('bad-answer', `answer of more than ${MAX_ANSWER_BYTES} bytes`)
    parts.push(part)
  }
  return { status: answer.statusCode ?? 0, body: Buffer.concat(parts) }
}
