import type { KeyObject } from 'node:crypto'
import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { LINK_VERSION, MAX_FRAME_BYTES, signLogin, tlsBinding } from '@muster/protocol/link'
import { WebSocket } from 'ws'
import { ask, type ControllerAddress, collect, serverName, trust, unreachable } from './https.ts'
import { LinkError, refusedBy } from './link-error.ts'
import { openTunnel, proxyFor } from './proxy.ts'

export interface DialRequest {
  readonly address: ControllerAddress
  readonly nodeId: string
  readonly privateKey: KeyObject
  readonly generation: number
  readonly at: number
  /** Gives the attempt up. */
  readonly signal: AbortSignal
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
  const { address, signal } = request
  const url = new URL('/agent', address.url)
  const secure = url.protocol === 'https:'
  const tls = secure ? await openTls(url, address, signal) : undefined
  const challenge = tls ? undefined : await askChallenge(address, signal)
  const binding = tls ? tlsBinding(tls) : challenge
  const socket = tls ?? (await openWay(url, address, signal))
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
    // Masks protect what lies between from scripts in browsers. Here it would only copy every frame.
    generateMask: (mask: Buffer) => void mask.fill(0),
  }
  const webSocket = new WebSocket(url, socket ? { ...options, createConnection: () => socket } : options)
  return open(webSocket, new URL(address.url).origin, signal)
}

/** The tunnel through the proxy, where the way is not straight. */
function openWay(url: URL, address: ControllerAddress, signal: AbortSignal): Promise<Socket> | undefined {
  const proxy = proxyFor(url, address.proxy)
  return proxy && openTunnel(proxy, url, AbortSignal.any([signal, AbortSignal.timeout(DIAL_MS)]))
}

async function openTls(url: URL, address: ControllerAddress, signal: AbortSignal): Promise<TLSSocket> {
  const way = await openWay(url, address, signal)
  return new Promise((resolve, reject) => {
    const to = way ? { socket: way } : { port: Number(url.port || 443) }
    const socket = connectTls({ ALPNProtocols: ['http/1.1'], ...to, ...serverName(url), ...trust(address) })
    const fail = (cause: Error) => {
      release()
      socket.destroy()
      reject(unreachable(url, address, cause))
    }
    const release = onGiveUp(signal, (why) => fail(new Error(why)))
    socket.once('error', fail)
    socket.once('secureConnect', () => {
      release()
      socket.removeListener('error', fail)
      resolve(socket)
    })
  })
}

async function askChallenge(address: ControllerAddress, signal: AbortSignal): Promise<Buffer> {
  const { status, body } = await ask(address, { method: 'GET', path: '/agent/challenge', timeoutMs: DIAL_MS, signal })
  if (status !== 200) throw new LinkError('unreachable', `${address.url}: status ${status} for a challenge`)
  const challenge = readJson(body)['challenge']
  if (typeof challenge !== 'string') throw new LinkError('bad-answer', `${address.url}: no challenge in the answer`)
  return Buffer.from(challenge, 'base64url')
}

function open(socket: WebSocket, origin: string, signal: AbortSignal): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const fail = (error: LinkError) => {
      release()
      reject(error)
      socket.terminate()
    }
    const unreachable = (cause: Error) => fail(new LinkError('unreachable', `${origin}: ${cause.message}`, { cause }))
    // The socket's own time limit does not reach a channel that was opened before.
    const release = onGiveUp(signal, (why) => unreachable(new Error(why)))
    socket.once('unexpected-response', (_request, answer) => {
      collect(answer).then(({ status, body }) => fail(refusal(origin, status, body)), unreachable)
    })
    socket.on('error', unreachable)
    socket.once('open', () => {
      release()
      socket.removeListener('error', unreachable)
      resolve(toConnection(socket))
    })
  })
}

/** Calls back once, when the time for one stage is over or the signal aborts; answers how to call that off. */
function onGiveUp(signal: AbortSignal, giveUp: (why: string) => void): () => void {
  const stop = () => giveUp('the agent stops')
  const timer = setTimeout(() => giveUp(`no answer within ${DIAL_MS} ms`), DIAL_MS)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) queueMicrotask(stop)
  return () => {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

function refusal(origin: string, status: number, body: Buffer): LinkError {
  const { reason, retryAfterMs } = readJson(body)
  return refusedBy(origin, status, reason, Number(retryAfterMs) || undefined)
}

/** The members of a JSON object; none where something else answered, for instance a proxy with a page of its own. */
function readJson(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    return { ...(JSON.parse(body.toString('utf8')) as object) }
  } catch {
    return {}
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
      if (socket.readyState !== WebSocket.OPEN) return
      why ??= reason
      socket.close(1000, reason.slice(0, 100))
      // A peer that does not answer the close must not keep the agent.
      setTimeout(() => socket.terminate(), 2000).unref()
    },
  }
}
