import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'

/** What a proxy between a host and its controller may do to it. */
export interface ConnectProxy extends AsyncDisposable {
  /** Its address, without a user. */
  readonly url: string
  /** Targets that were asked for, oldest first. */
  readonly asked: readonly string[]
  /** Tunnels that are open now. */
  readonly open: number
  /** Cuts every tunnel, as a proxy does that takes them for idle. */
  cutIdle(): void
}

interface ConnectProxyOptions {
  /** Asks for this user and password. */
  readonly user?: string
  readonly password?: string
  /** Ends TLS itself, with a certificate of its own. */
  readonly inspect?: { readonly certPem: string; readonly keyPem: string }
  /** Answers every CONNECT with this status. */
  readonly refuse?: number
  readonly host?: string
}

/** A small HTTP proxy that knows CONNECT, on a free port. */
export async function startConnectProxy(options: ConnectProxyOptions = {}): Promise<ConnectProxy> {
  const { user, password = '', inspect, refuse, host = '127.0.0.1' } = options
  const asked: string[] = []
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    return socket.on('close', () => sockets.delete(socket))
  }
  const expected = user && `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  const inspector = inspect && createTlsServer({ cert: inspect.certPem, key: inspect.keyPem }, (plain) => keep(plain))

  function answer(near: Socket, head: string): void {
    const [, target = '', port = ''] = /^CONNECT (.*):(\d+) HTTP\/1\.1\r\n/.exec(head) ?? []
    asked.push(`${target}:${port}`)
    const given = /\r\nproxy-authorization: (.*?)(\r\n|$)/i.exec(head)?.[1]
    if (expected && given !== expected)
      return void near.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="p"\r\n\r\n')
    if (refuse) return void near.end(`HTTP/1.1 ${refuse} No\r\n\r\n`)
    if (inspector) {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n')
      return void inspector.emit('connection', near)
    }
    const far = keep(connect({ host: target.replace(/^\[|\]$/g, ''), port: Number(port) }))
    far.once('connect', () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n')
      near.pipe(far).pipe(near)
    })
    far.once('error', () => near.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'))
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  }
  const server = createServer((near) => {
    keep(near)
    let head = ''
    const onData = (part: Buffer): void => {
      head += part.toString('latin1')
      if (!head.includes('\r\n\r\n')) return
      near.off('data', onData)
      answer(near, head)
    }
    near.on('data', onData)
  })
  server.listen(0, host)
  await once(server, 'listening')
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    asked,
    get open() {
      return sockets.size
    },
    cutIdle() {
      for (const socket of sockets) socket.destroy()
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
