import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A wire between an agent and its controller that can be cut. */
export interface Proxy extends AsyncDisposable {
  /** Give this to the agent in place of the controller's address. */
  readonly url: string
  /** Bytes that went to the controller so far, over all connections. */
  readonly sent: number
  /** Connections that `cutAt` has broken. */
  readonly cuts: number
  /** Breaks every connection at the moment when so many bytes have gone to the controller; once for each number. */
  cutAt(...bytes: number[]): void
}

/** Listens on a free loopback port and passes everything on. */
export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  let marks: number[] = []
  let sent = 0
  let cuts = 0

  const count = (bytes: number): void => {
    sent += bytes
    const [next] = marks
    if (next === undefined || sent < next) return
    marks = marks.slice(1)
    cuts += 1
    for (const socket of open) socket.resetAndDestroy()
  }
  const server = createServer((near) => {
    const far = connect({ host: hostname, port: Number(port) })
    for (const socket of [near, far]) {
      open.add(socket)
      // A broken wire is what this proxy is for; both ends see it by the close that follows.
      socket.on('error', () => {})
    }
    near.on('data', (data: Buffer) => count(data.length))
    near.pipe(far)
    far.pipe(near)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const)
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get sent() {
      return sent
    },
    get cuts() {
      return cuts
    },
    cutAt(...bytes) {
      marks = bytes.map((mark) => sent + mark).sort((a, b) => a - b)
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
