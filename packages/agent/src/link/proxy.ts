import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { ProxySettings } from '#config.ts'
import { LinkError } from './link-error.ts'

/** How a proxy is named where people read it: without its password. */
export const proxyName = ({ url }: ProxySettings): string => new URL(url).origin

/** The proxy for this address, unless it is one that is reached without. */
export function proxyFor(url: URL, proxy: ProxySettings | undefined): ProxySettings | undefined {
  if (!proxy) return undefined
  const host = bare(url.hostname)
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const isExcepted = proxy.except.some((entry) => {
    const name = entry.trim().toLowerCase()
    if (name === '*') return true
    if (name === '') return false
    const domain = name.replace(/^\*?\./, '')
    return [host, `${host}:${port}`, `[${host}]:${port}`].includes(bare(name)) || host.endsWith(`.${domain}`)
  })
  return isExcepted ? undefined : proxy
}

const bare = (host: string): string => host.replace(/^\[([^\]]*)\]$/, '$1').toLowerCase()

const MAX_HEAD_BYTES = 16 * 1024

/** A connection to `host:port` through the proxy; rejects with `LinkError` when it gives none, or when the signal aborts. */
export function openTunnel(proxy: ProxySettings, target: URL, signal: AbortSignal): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const url = new URL(proxy.url)
  const host = bare(url.hostname)
  const secure = url.protocol === 'https:'
  const port = Number(url.port || (secure ? 443 : 80))
  // The proxy's own certificate is the business of the system's store: what it carries is checked by the pinned CA.
  const socket = secure ? connectTls({ host, port, ALPNProtocols: ['http/1.1'] }) : connect({ host, port })
  let head = Buffer.alloc(0)

  const fail = (text: string, cause?: unknown): void => {
    release()
    socket.destroy()
    reject(new LinkError('proxy', `the proxy ${proxyName(proxy)}: ${text}`, { cause }))
  }
  const onError = (error: Error): void => fail(error.message, error)
  const onEnd = (): void => fail('it ended the connection without an answer')
  const stop = (): void => fail(signal.reason instanceof Error ? signal.reason.message : 'given up')
  const onData = (part: Buffer): void => {
    head = Buffer.concat([head, part])
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) {
      if (head.length > MAX_HEAD_BYTES) fail('its answer is not that of a proxy')
      return
    }
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head.toString('latin1', 0, end))?.[1])
    // The controller waits to be spoken to: whatever stands behind the head is not its.
    if (status !== 200) fail(refusalOf(status, target))
    else if (head.length > end + 4) fail('it answered more than a proxy does')
    else {
      release()
      resolve(socket)
    }
  }
  const release = (): void => {
    socket.off('data', onData).off('error', onError).off('end', onEnd)
    socket.on('error', () => socket.destroy())
    signal.removeEventListener('abort', stop)
  }
  socket.on('data', onData).on('error', onError).on('end', onEnd)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) queueMicrotask(stop)
  socket.once(secure ? 'secureConnect' : 'connect', () => socket.write(request(url, target)))
  return promise
}

function request(proxy: URL, target: URL): string {
  const port = target.port || (target.protocol === 'https:' ? '443' : '80')
  const to = `${target.hostname}:${port}`
  const user = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`
  const authorization =
    proxy.username === '' ? '' : `Proxy-Authorization: Basic ${Buffer.from(user).toString('base64')}\r\n`
  return `CONNECT ${to} HTTP/1.1\r\nHost: ${to}\r\n${authorization}\r\n`
}

function refusalOf(status: number, target: URL): string {
  if (status === 407)
    return 'it asks for a user and a password (407): give them in its address, --proxy http://USER:PASSWORD@HOST:PORT'
  if (Number.isNaN(status)) return 'its answer is not that of a proxy'
  return `it does not connect to ${target.host} (status ${status})`
}
