import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Transform } from 'node:stream'

const SLICE_BYTES = 1024

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

export interface ProxyOptions {
  /** Each direction of each connection carries no more than this. */
  readonly bytesPerSecond?: number
}

/** Listens on a free loopback port and passes everything on. */
export async function startProxy(target: string, { bytesPerSecond }: ProxyOptions = {}): Promise<Proxy> {
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
    if (bytesPerSecond === undefined) {
      near.pipe(far)
      far.pipe(near)
    } else {
      near.pipe(slow(bytesPerSecond)).pipe(far)
      far.pipe(slow(bytesPerSecond)).pipe(near)
    }
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const)
      socket.on('close', (hadError) => {
        open.delete(socket)
        // On a slow line the last bytes are still under way; the pipe ends the other side behind them.
        if (hadError || bytesPerSecond === undefined) other.destroy()
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

/** Passes a piece on when the line would have carried it; it holds little, so that the sender feels the line at once. */
function slow(bytesPerSecond: number): Transform {
  return new Transform({
    readableHighWaterMark: SLICE_BYTES,
    writableHighWaterMark: SLICE_BYTES,
    transform(data: Buffer, _encoding, done) {
      const pass = (from: number): void => {
        const slice = data.subarray(from, from + SLICE_BYTES)
        if (slice.length === 0) return void done()
        setTimeout(
          () => {
            this.push(slice)
            pass(from + slice.length)
          },
          (slice.length / bytesPerSecond) * 1000,
        )
      }
      pass(0)
    },
  })
}
