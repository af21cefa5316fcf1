import type { KeyObject } from 'node:crypto'
import { randomBytes } from 'node:crypto'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { LINK_VERSION, MAX_FRAME_BYTES, signLogin, tlsBinding } from '@muster/protocol/link'
import { WebSocket } from 'ws'
import { ask, type ControllerAddress, trust } from './https.ts'
import { LinkError, refusedBy } from './link-error.ts'

export interface DialRequest {
  readonly address: ControllerAddress
  readonly nodeId: string
  readonly privateKey: KeyObject
  readonly generation: number
  readonly at: number
}

/** An open WebSocket after a login that the controller accepted. */
export interface Connection {
  send(bytes: Uint8Array): void
  /** The same; resolves when the bytes may be overwritten, or when the link is over. */
  write(bytes: Uint8Array): Promise<void>
  /** Resolves when at most so many bytes wait to be sent, or when the link is over. */
  drained(bytes: number): Promise<void>
  onMessage(receive: (bytes: Uint8Array) => void): void
  /** Why it ended; never rejects. */
  readonly closed: Promise<string>
  close(reason: string): void
}

const DIAL_MS = 15_000

/** Connects and logs in: the signature is bound to this TLS channel, or on plain loopback to a fresh challenge. */
export async function dial(request: DialRequest): Promise<Connection> {
  const url = new URL('/agent', request.address.url)
  const secure = url.protocol === 'https:'
  const socket = secure ? await openTls(url, request.address) : undefined
  const challenge = socket ? undefined : await askChallenge(request.address)
  const binding = socket ? tlsBinding(socket) : challenge
  if (!binding) throw new LinkError('bad-answer', `${url.origin}: no challenge`)
  const claim = {
    nodeId: request.nodeId,
    agentNonce: randomBytes(16).toString('base64url'),
    generation: request.generation,
    linkVersion: LINK_VERSION,
    sentAt: request.at,
  }
  const headers = signLogin({ claim, binding, privateKey: request.privateKey, ...(challenge ? { challenge } : {}) })
  url.protocol = secure ? 'wss:' : 'ws:'
  const options = {
    headers,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
    handshakeTimeout: DIAL_MS,
    // Masks protect what lies between from scripts in browsers. Here it would only copy every frame.
    generateMask: (mask: Buffer) => void mask.fill(0),
  }
  return open(new WebSocket(url, socket ? { ...options, createConnection: () => socket } : options), url.origin)
}

function openTls(url: URL, address: ControllerAddress): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const servername = /^[\d.]+$|:/.test(host) ? {} : { servername: host }
    const socket = connectTls({
      host,
      port: Number(url.port || 443),
      ALPNProtocols: ['http/1.1'],
      ...servername,
      ...trust(address),
    })
    const fail = (cause: Error) => {
      socket.destroy()
      reject(new LinkError('unreachable', `${url.origin}: ${cause.message}`, { cause }))
    }
    socket.setTimeout(DIAL_MS, () => fail(new Error(`no connection within ${DIAL_MS} ms`)))
    socket.once('error', fail)
    socket.once('secureConnect', () => {
      socket.setTimeout(0)
      socket.removeListener('error', fail)
      resolve(socket)
    })
  })
}

async function askChallenge(address: ControllerAddress): Promise<Buffer> {
  const { status, body } = await ask(address, { method: 'GET', path: '/agent/challenge', timeoutMs: DIAL_MS })
  if (status !== 200) throw new LinkError('unreachable', `${address.url}: status ${status} for a challenge`)
  const { challenge } = JSON.parse(body.toString('utf8')) as { challenge?: unknown }
  if (typeof challenge !== 'string') throw new LinkError('bad-answer', `${address.url}: no challenge in the answer`)
  return Buffer.from(challenge, 'base64url')
}

function open(socket: WebSocket, origin: string): Promise<Connection> {
  return new Promise((resolve, reject) => {
    socket.once('unexpected-response', (_request, answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => {
        socket.terminate()
        reject(refusal(origin, answer.statusCode ?? 0, Buffer.concat(parts).toString('utf8')))
      })
    })
    socket.once('error', (cause) => reject(new LinkError('unreachable', `${origin}: ${cause.message}`, { cause })))
    socket.once('open', () => resolve(toConnection(socket)))
  })
}

function refusal(origin: string, status: number, body: string): LinkError {
  try {
    const answer = JSON.parse(body) as { reason?: unknown; retryAfterMs?: unknown }
    return refusedBy(origin, status, answer.reason, Number(answer.retryAfterMs) || undefined)
  } catch {
    // A proxy's own page: the status says enough.
    return refusedBy(origin, status, undefined)
  }
}

function toConnection(socket: WebSocket): Connection {
  let end: (reason: string) => void = () => undefined
  let why: string | undefined
  const closed = new Promise<string>((resolve) => (end = resolve))
  socket.on('error', (error) => (why ??= error.message))
  socket.on('close', (code, reason) => end(why ?? (reason.toString() || `closed with code ${code}`)))
  const waiting = new Set<() => void>()
  const wake = (): void => {
    for (const go of waiting) go()
  }
  socket.on('close', wake)
  return {
    closed,
    send(bytes) {
      if (socket.readyState === WebSocket.OPEN) socket.send(bytes, wake)
    },
    write(bytes) {
      return new Promise((resolve) => {
        if (socket.readyState !== WebSocket.OPEN) return resolve()
        socket.send(bytes, () => {
          wake()
          resolve()
        })
      })
    },
    drained(bytes) {
      const clear = () => socket.bufferedAmount <= bytes || socket.readyState !== WebSocket.OPEN
      if (clear()) return Promise.resolve()
      return new Promise((resolve) => {
        const go = () => {
          if (!clear()) return
          waiting.delete(go)
          resolve()
        }
        waiting.add(go)
      })
    },
    onMessage(receive) {
      socket.on('message', (data) =>
        receive(Array.isArray(data) ? Buffer.concat(data) : new Uint8Array(data as Buffer)),
      )
    },
    close(reason) {
      why ??= reason
      socket.close(1000, reason.slice(0, 100))
      // A peer that does not answer the close must not keep the agent.
      setTimeout(() => socket.terminate(), 2000).unref()
    },
  }
}
