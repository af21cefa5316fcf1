import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Connections } from './limits/index.ts'

export interface TlsMaterial {
  readonly certPem: string
  readonly keyPem: string
}

export interface ListenAt {
  /** `http://HOST:PORT` or `https://HOST:PORT`; port 0 takes a free one. */
  readonly url: string
  /** Needed for https. */
  readonly tls?: TlsMaterial
}

export interface ListenerDeps {
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void
  /** Takes a WebSocket's socket over: from then on it is not the listener's to close. */
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer, loggedIn: () => void) => void
  /** Bounds connections on which nobody is logged in; `loggedIn` of an upgrade counts one out. */
  readonly connections?: Connections
  /** Called when closing begins, to end answers that would wait for long. */
  readonly onClosing?: () => void
  /** Permits http on addresses that other machines reach. */
  readonly allowPlainHttp?: boolean
  /** Tests shorten them. */
  readonly limits?: Partial<Limits>
}

export interface Limits {
  readonly headersMs: number
  readonly requestMs: number
  readonly idleMs: number
  readonly keepAliveMs: number
  readonly checkEveryMs: number
  readonly closeMs: number
}

export interface Listeners extends AsyncDisposable {
  /** Where it listens, with the ports that were taken. */
  readonly urls: readonly string[]
  /** Uses another certificate for connections from now on. */
  replaceTls(tls: TlsMaterial): void
}

/** An address that cannot be listened on as it is configured. */
export class ListenRefused extends Error {
  override readonly name = 'ListenRefused'
}

const LIMITS: Limits = {
  headersMs: 10_000,
  requestMs: 30_000,
  // Above the longest wait of a handler (25 s).
  idleMs: 60_000,
  keepAliveMs: 65_000,
  checkEveryMs: 2_000,
  closeMs: 5_000,
}
const MAX_HEADER_BYTES = 16 * 1024
const HANDSHAKE_MS = 10_000
const CLOSE_CHECK_MS = 20

/** Opens all listeners, or none. */
export async function openListeners(at: readonly ListenAt[], deps: ListenerDeps): Promise<Listeners> {
  const limits = { ...LIMITS, ...deps.limits }
  const opened: Opened[] = []
  const close = (): Promise<unknown> => Promise.allSettled(opened.map((listener) => listener.close()))
  try {
    for (const address of at) opened.push(await open(address, deps, limits))
  } catch (error) {
    await close()
    throw error
  }
  return {
    urls: opened.map(({ url }) => url),
    replaceTls: (tls) => {
      for (const listener of opened) listener.replaceTls(tls)
    },
    async [Symbol.asyncDispose]() {
      await close()
    },
  }
}

interface Opened {
  readonly url: string
  replaceTls(tls: TlsMaterial): void
  close(): Promise<void>
}

async function open({ url, tls }: ListenAt, deps: ListenerDeps, limits: Limits): Promise<Opened> {
  const { protocol, hostname, port } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  if (protocol === 'http:' && !isLoopback(host) && !deps.allowPlainHttp)
    throw new ListenRefused(`${url}: plain http is for loopback only; use https, or allow it with --allow-plain-http`)
  const secure = protocol === 'https:' ? createSecure(url, tls, limits) : undefined
  const server: Server = secure ?? createServer(optionsOf(limits))
  const sockets = trackSockets(server, deps.connections)
  prepare(server, deps, limits, sockets)
  await listen(server, host, port === '' ? (secure ? 443 : 80) : Number(port), url)
  const taken = (server.address() as AddressInfo).port
  return {
    url: `${protocol}//${hostname}:${taken}`,
    replaceTls: (next) => secure?.setSecureContext({ cert: next.certPem, key: next.keyPem }),
    close() {
      deps.onClosing?.()
      return closeServer(server, sockets, limits.closeMs)
    },
  }
}

const optionsOf = (limits: Limits) => ({
  maxHeaderSize: MAX_HEADER_BYTES,
  headersTimeout: limits.headersMs,
  requestTimeout: limits.requestMs,
  keepAliveTimeout: limits.keepAliveMs,
  connectionsCheckingInterval: limits.checkEveryMs,
  insecureHTTPParser: false,
  requireHostHeader: true,
  // Some HTTP clients offer h2c with every request; those go on as what they are.
  shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
})

function createSecure(url: string, tls: TlsMaterial | undefined, limits: Limits) {
  if (!tls) throw new ListenRefused(`${url}: https needs a certificate and its key`)
  return createTlsServer({
    ...optionsOf(limits),
    cert: tls.certPem,
    key: tls.keyPem,
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: HANDSHAKE_MS,
  })
}

function prepare(server: Server, { handler, onUpgrade }: ListenerDeps, limits: Limits, sockets: Sockets): void {
  server.setTimeout(limits.idleMs)
  server.on('request', handler)
  server.on('upgrade', (request, socket, head) => {
    const peer = peerOf(request.socket)
    const leave = sockets.get(peer)?.leave
    sockets.delete(peer)
    // An error before its new owner listens must not end the process.
    socket.on('error', () => socket.destroy())
    onUpgrade(request, socket, head, () => leave?.())
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
    socket.end(`HTTP/1.1 ${statusLine(error.code)}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
  })
}

function statusLine(code: string | undefined): string {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return '408 Request Timeout'
  if (code === 'HPE_HEADER_OVERFLOW') return '431 Request Header Fields Too Large'
  return '400 Bad Request'
}

/** Open connections by their peer: a TLS socket and the socket below it have the same. */
type Sockets = Map<string, { readonly socket: Socket; readonly leave: (() => void) | undefined }>

const peerOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`

function trackSockets(server: Server, connections: Connections | undefined): Sockets {
  const sockets: Sockets = new Map()
  server.on('connection', (socket: Socket) => {
    const leave = connections?.enter(socket.remoteAddress ?? '')
    if (connections && !leave) return void socket.resetAndDestroy()
    const peer = peerOf(socket)
    sockets.set(peer, { socket, leave })
    socket.once('close', () => {
      leave?.()
      if (sockets.get(peer)?.socket === socket) sockets.delete(peer)
    })
  })
  return sockets
}

function listen(server: Server, host: string, port: number, url: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const refuse = (cause: Error): void => reject(new ListenRefused(`${url}: ${cause.message}`, { cause }))
  server.once('error', refuse)
  server.listen({ host, port, backlog: 4096 }, () => {
    server.off('error', refuse)
    resolve()
  })
  return promise
}

/** Stops taking connections, lets answers under way out, and cuts what is still there when the time is over. */
async function closeServer(server: Server, sockets: Sockets, closeMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close()
  const check = (): void => {
    // A connection that is kept alive is idle only once its answer is out.
    server.closeIdleConnections()
    if (sockets.size === 0) resolve()
  }
  const checking = setInterval(check, CLOSE_CHECK_MS)
  const late = setTimeout(() => {
    for (const { socket } of sockets.values()) socket.destroy()
  }, closeMs)
  check()
  await promise
  clearInterval(checking)
  clearTimeout(late)
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
