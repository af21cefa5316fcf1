import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'

export interface PeerRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** The authority that all controllers share; the system's own store where the certificates come from elsewhere. */
  readonly caPem?: string | undefined
}

const MAX_ANSWER_BYTES = 1024 * 1024

/** One question by HTTP; answers the body of a 200, and rejects for everything else. */
export function askPeer({ url, headers, body, timeoutMs, signal, caPem }: PeerRequest): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      agent: false as const,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    }
    const onAnswer = (answer: IncomingMessage): void => void collect(answer).then(resolve, reject)
    const sent = url.startsWith('https:')
      ? tlsRequest(url, { ...options, minVersion: 'TLSv1.3', ...(caPem === undefined ? {} : { ca: caPem }) }, onAnswer)
      : plainRequest(url, options, onAnswer)
    sent.on('error', reject)
    sent.end(body)
  })
}

async function collect(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    length += part.length
    if (length > MAX_ANSWER_BYTES) throw new Error(`an answer of more than ${MAX_ANSWER_BYTES} bytes`)
    parts.push(part)
  }
  const body = Buffer.concat(parts)
  if (answer.statusCode === 200) return body
  throw new Error(`status ${answer.statusCode}: ${body.toString('utf8', 0, 200)}`)
}
