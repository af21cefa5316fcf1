import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import type { Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { ProxySettings } from '#config.ts'
import { LinkError } from './link-error.ts'
import { openTunnel, proxyFor } from './proxy.ts'

/** Where the controller is and which CA its certificate must come from; the system's store is never asked. */
export interface ControllerAddress {
  readonly url: string
  readonly caPem?: string | undefined
  /** The way there, where there is no straight one. */
  readonly proxy?: ProxySettings | undefined
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
export async function ask(address: ControllerAddress, request: Ask): Promise<HttpAnswer> {
  const { method, path, body, timeoutMs = 30_000 } = request
  const url = new URL(path, address.url)
  const limit = AbortSignal.timeout(timeoutMs)
  const signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit
  const channel = await openChannel(url, address, signal)
  const headers =
    body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  const shared = {
    ...{ method, headers, timeout: timeoutMs, agent: false as const, signal },
    ...(channel && { createConnection: () => channel }),
  }
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) => reject(cause instanceof LinkError ? cause : unreachable(url, address, cause))
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

/** The channel to an address that has to be gone through a proxy for; undefined where the way is straight. */
async function openChannel(
  url: URL,
  address: ControllerAddress,
  signal: AbortSignal,
): Promise<Socket | TLSSocket | undefined> {
  const proxy = proxyFor(url, address.proxy)
  if (!proxy) return undefined
  const socket = await openTunnel(proxy, url, signal)
  if (url.protocol !== 'https:') return socket
  return connectTls({ socket, ALPNProtocols: ['http/1.1'], ...serverName(url), ...trust(address) })
}

/** The host without brackets, and the name that its certificate must have; an address has none to send. */
export function serverName({ hostname }: URL): { readonly host: string; readonly servername?: string } {
  const host = hostname.replace(/^\[|\]$/g, '')
  return /^[\d.]+$|:/.test(host) ? { host } : { host, servername: host }
}

const UNKNOWN_ISSUER: ReadonlySet<unknown> = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
])

/** Whether a certificate was refused for who had signed it. */
export const isUnknownIssuer = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && UNKNOWN_ISSUER.has(cause.code)

/** Why nothing was to be had there; a certificate that is not the controller's is said to be that. */
export function unreachable(url: URL, { caPem }: ControllerAddress, cause: Error): LinkError {
  const isForeign = caPem !== undefined && isUnknownIssuer(cause)
  const hint = isForeign ? '; its certificate is not from the pinned CA: does something on the way inspect TLS?' : ''
  return new LinkError('unreachable', `${url.origin}: ${cause.message}${hint}`, { cause })
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
