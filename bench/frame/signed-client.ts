import { createHash, createHmac } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'

export interface SigningKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
}

/** Sends one signed call on a kept connection and answers its body; throws on anything but 200. */
export type SignedCall = (target: string, input: object) => Promise<Readonly<Record<string, unknown>>>

export interface SignedClient extends Disposable {
  readonly call: SignedCall
}

/** The cheapest honest client of the API: both sides of a bench are asked by the same one. */
export function createSignedClient(endpoint: string, key: SigningKey): SignedClient {
  const { hostname, port, host } = new URL(endpoint)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    call(target, input) {
      const body = JSON.stringify(input)
      const headers = signedHeaders(host, target, body, key, new Date())
      return new Promise((resolve, reject) => {
        const sent = request({ hostname, port, agent, method: 'POST', path: '/', headers }, (answer) => {
          collect(answer, target).then(resolve, reject)
        })
        sent.on('error', reject)
        sent.end(body)
      })
    },
    [Symbol.dispose]: () => agent.destroy(),
  }
}

async function collect(answer: IncomingMessage, target: string): Promise<Readonly<Record<string, unknown>>> {
  const parts: Buffer[] = []
  for await (const part of answer as AsyncIterable<Buffer>) parts.push(part)
  const text = Buffer.concat(parts).toString('utf8')
  if (answer.statusCode !== 200) throw new Error(`${target} was answered ${answer.statusCode}: ${text}`)
  return JSON.parse(text) as Record<string, unknown>
}

/** Headers of a signed call. */
export function signedHeaders(
  host: string,
  target: string,
  body: string,
  { accessKeyId, secretAccessKey, region }: SigningKey,
  at: Date,
): Record<string, string> {
  const date = at.toISOString().replace(/[-:]|\.\d+/g, '')
  const headers = { 'content-type': 'application/x-amz-json-1.1', host, 'x-amz-date': date, 'x-amz-target': target }
  const names = Object.keys(headers).join(';')
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`)
  const scope = `${date.slice(0, 8)}/${region}/ssm/aws4_request`
  const canonical = `POST\n/\n\n${lines.join('')}\n${names}\n${sha256(body)}`
  let signingKey: string | Buffer = `AWS4${secretAccessKey}`
  for (const part of scope.split('/')) signingKey = hmac(signingKey, part)
  const signature = hmac(signingKey, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`).toString('hex')
  return {
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
