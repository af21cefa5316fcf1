import { type KeyObject, randomBytes } from 'node:crypto'
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { connect, type TLSSocket } from 'node:tls'
import { isRefusalReason, LINK_VERSION, type RefusalReason, signLogin, tlsBinding } from '@muster/protocol/link'
import { WebSocket } from 'ws'

export interface Address {
  readonly url: string
  /** Trusted beside the system's own. */
  readonly caPem?: string | undefined
}

export interface Identity {
  readonly nodeId: string
  readonly privateKey: KeyObject
}

/** A login that the controller did not take; `reason` is missing where something else answered. */
export class LoginRefused extends Error {
  override readonly name = 'LoginRefused'
  readonly reason: RefusalReason | undefined
  readonly retryAfterMs: number

  constructor(status: number, body: string) {
    const { reason = '', retryAfterMs = 0 } = readJson(body) as { reason?: string; retryAfterMs?: number }
    super(`login refused: ${status} ${reason}`)
    this.reason = isRefusalReason(reason) ? reason : undefined
    this.retryAfterMs = retryAfterMs
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}

/** Logs in over TLS bound to the channel, or over plain loopback with a challenge. */
export async function dial(address: Address, { nodeId, privateKey }: Identity): Promise<WebSocket> {
  const channel = address.url.startsWith('https:') ? await openChannel(address) : undefined
  const challenge = channel ? undefined : await askChallenge(address)
  const binding = channel ? tlsBinding(channel) : challenge
  if (!binding) throw new Error('nothing to bind the login to')
  const agentNonce = randomBytes(16).toString('base64url')
  const claim = { nodeId, agentNonce, generation: 0, linkVersion: LINK_VERSION, sentAt: Date.now() }
  const socket = new WebSocket(`${address.url.replace('http', 'ws')}/agent`, {
    headers: signLogin({ claim, binding, privateKey, ...(challenge ? { challenge } : {}) }),
    perMessageDeflate: false,
    ...(channel ? { createConnection: () => channel } : {}),
  })
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket))
    socket.on('error', reject)
    socket.once('unexpected-response', async (_request, answer) => {
      const parts: Buffer[] = []
      for await (const part of answer) parts.push(part as Buffer)
      socket.terminate()
      reject(new LoginRefused(answer.statusCode ?? 0, Buffer.concat(parts).toString()))
    })
  })
}

function openChannel({ url, caPem }: Address): Promise<TLSSocket> {
  const { hostname, port } = new URL(url)
  const ca = caPem === undefined ? {} : { ca: caPem }
  const socket = connect({ host: hostname, port: Number(port), ALPNProtocols: ['http/1.1'], ...ca })
  return new Promise((resolve, reject) => {
    socket.once('secureConnect', () => resolve(socket))
    socket.once('error', reject)
  })
}

async function askChallenge(address: Address): Promise<Uint8Array> {
  const { body } = await ask(address, 'GET', '/agent/challenge')
  return Buffer.from((JSON.parse(body) as { challenge: string }).challenge, 'base64url')
}

/** One plain HTTP exchange with the controller. */
export function ask(
  { url, caPem }: Address,
  method: 'GET' | 'POST',
  path: string,
  body = '',
): Promise<{ readonly status: number; readonly body: string }> {
  const ca = caPem === undefined ? {} : { ca: caPem }
  const send = url.startsWith('https:') ? secureRequest : plainRequest
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const request = send(new URL(path, url), { method, headers, agent: false, ...ca }, async (answer) => {
      const parts: Buffer[] = []
      for await (const part of answer) parts.push(part as Buffer)
      resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString() })
    })
    request.on('error', reject)
    request.end(body)
  })
}
