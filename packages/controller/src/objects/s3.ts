import { createHash, createHmac } from 'node:crypto'
import type { Clock } from '@muster/protocol/kit'
import { SignatureV4 } from '@smithy/signature-v4'
import { type BucketContent, type BucketObject, BucketRefused } from './buckets.ts'

/** A store that speaks S3. */
export interface S3Config {
  /** Without a path; `REGION` in it stands for the region of the request. */
  readonly endpoint: string
  /** For objects that name none. */
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** The bucket is part of the host's name, not of the path. */
  readonly virtualHosts: boolean
}

export interface S3Request {
  readonly method: 'PUT' | 'POST' | 'DELETE' | 'GET'
  readonly object: BucketObject
  readonly query?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

export interface S3Answer {
  readonly text: string
  readonly etag: string
}

export interface S3 {
  urlOf(object: BucketObject): string
  /** Rejects with BucketRefused for an answer that is an error, and for none. */
  send(request: S3Request, signal: AbortSignal): Promise<S3Answer>
  /** The same for an object's own bytes, which come as they are read. */
  open(object: BucketObject, signal: AbortSignal): Promise<BucketContent>
}

/** A piece of 8 MiB within this time is 70 KiB a second. */
const ANSWER_MS = 120_000
const NOTHING = new Uint8Array()
const BODILESS: ReadonlySet<string> = new Set(['GET', 'DELETE'])

/** Node's hashes as the signer wants them. */
class Sha256 {
  readonly #hash
  constructor(secret?: unknown) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Uint8Array | string)
  }
  update(data: Uint8Array | string): void {
    this.#hash.update(data)
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }
}

// What a URL's path may hold unescaped by S3's rules is less than what encodeURIComponent leaves.
const escapePart = (part: string): string =>
  encodeURIComponent(part).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)

/** Signs requests and sends them. */
export function createS3(config: S3Config, clock: Pick<Clock, 'now'>): S3 {
  const regionOf = ({ region }: BucketObject): string => region || config.region
  const locate = (object: BucketObject): URL => {
    const url = new URL(config.endpoint.replaceAll('REGION', regionOf(object)))
    if (config.virtualHosts) url.hostname = `${object.bucket}.${url.hostname}`
    const path = object.key.split('/').map(escapePart).join('/')
    url.pathname = config.virtualHosts ? `/${path}` : `/${object.bucket}/${path}`
    return url
  }
  const sign = async ({ method, object, query = {}, body = NOTHING }: S3Request, url: URL) => {
    const { accessKeyId, secretAccessKey } = config
    const signer = new SignatureV4({
      ...{ service: 's3', region: regionOf(object), credentials: { accessKeyId, secretAccessKey }, sha256: Sha256 },
      uriEscapePath: false,
    })
    const { hostname, protocol, pathname: path, host } = url
    const request = { method, protocol, hostname, path, query: { ...query }, headers: { host }, body }
    return signer.sign(request, { signingDate: new Date(clock.now()) })
  }

  const ask = async (request: S3Request, signal: AbortSignal): Promise<Response> => {
    const url = locate(request.object)
    const { headers } = await sign(request, url)
    url.search = new URLSearchParams(request.query ?? {}).toString()
    const { method, body = NOTHING } = request
    const options = { method, headers, body: BODILESS.has(method) ? null : Buffer.from(body) } as const
    return fetch(url, {
      ...{ ...options, redirect: 'manual' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    })
  }
  const toRefusal = (error: unknown, object: BucketObject, signal: AbortSignal): unknown =>
    error instanceof BucketRefused || signal.aborted
      ? error
      : new BucketRefused(`${locate(object).host} did not answer: ${causeOf(error)}`)

  return {
    urlOf: (object) => locate(object).href,
    async send(request, signal) {
      try {
        const answer = await ask(request, signal)
        const text = await answer.text()
        if (!answer.ok || isError(text))
          throw new BucketRefused(`S3 answered ${answer.status} ${reasonIn(text)}`.trim())
        return { text, etag: answer.headers.get('etag') ?? '' }
      } catch (error) {
        throw toRefusal(error, request.object, signal)
      }
    },
    async open(object, signal) {
      try {
        const answer = await ask({ method: 'GET', object }, signal)
        const { body } = answer
        if (!answer.ok || body === null)
          throw new BucketRefused(`S3 answered ${answer.status} ${reasonIn(await answer.text())}`.trim())
        const length = Number(answer.headers.get('content-length') ?? Number.NaN)
        if (!Number.isSafeInteger(length)) throw new BucketRefused('S3 did not say how long the object is')
        return { length, chunks: chunksOf(body, (error) => toRefusal(error, object, signal)) }
      } catch (error) {
        throw toRefusal(error, object, signal)
      }
    },
  }
}

async function* chunksOf(
  body: ReadableStream<Uint8Array>,
  toRefusal: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) yield chunk
  } catch (error) {
    throw toRefusal(error)
  }
}

// The end of a multipart upload may fail after status 200 was sent.
const isError = (text: string): boolean => /^(<\?xml[^>]*>)?\s*<Error>/.test(text)

/** The value of the first element of this name. */
export function elementOf(text: string, name: string): string | undefined {
  const value = new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]
  const marks: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return value?.replace(/&(amp|lt|gt|quot|apos);/g, (_, mark: string) => marks[mark] ?? '')
}

const reasonIn = (text: string): string => {
  const said = [elementOf(text, 'Code'), elementOf(text, 'Message')].filter((part) => part !== undefined)
  return said.join(': ').slice(0, 300)
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return cause instanceof Error ? cause.name : 'unknown'
}
