import { connect, type Socket } from 'node:net'
import { type SigningKey, signedHeaders } from '../frame/signed-client.ts'

export interface FloodTarget {
  readonly url: string
  readonly key: SigningKey
  readonly target: string
  readonly input: object
}

export interface Flooded {
  readonly calls: number
  readonly errors: number
  readonly seconds: number
}

const SIGN_EVERY_MS = 20_000
const END_OF_HEAD = Buffer.from('\r\n\r\n')

/**
 * Clients that each send the next call when the answer to the last one is there, on connections that stay open. The
 * call is signed once and sent again and again: a client must not cost what it measures.
 */
export async function flood(target: FloodTarget, clients: number, forMs: number): Promise<Flooded> {
  const started = performance.now()
  const counts = { calls: 0, errors: 0 }
  const request = signing(target)
  await Promise.all(
    Array.from({ length: clients }, () =>
      runClient(target.url, request, () => performance.now() - started < forMs, counts),
    ),
  )
  return { ...counts, seconds: (performance.now() - started) / 1000 }
}

/** The bytes of the call, signed anew before the signature is too old. */
function signing({ url, key, target, input }: FloodTarget): () => Buffer {
  let signedAt = Number.NEGATIVE_INFINITY
  let bytes = Buffer.alloc(0)
  return () => {
    if (performance.now() - signedAt < SIGN_EVERY_MS) return bytes
    signedAt = performance.now()
    const body = JSON.stringify(input)
    const headers = signedHeaders(new URL(url).host, target, body, key, new Date())
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    bytes = Buffer.from(`POST / HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
    return bytes
  }
}

function runClient(
  url: string,
  request: () => Buffer,
  goesOn: () => boolean,
  counts: { calls: number; errors: number },
): Promise<void> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.on('error', reject)
  socket.on('close', () => resolve())
  onAnswer(socket, (status) => {
    counts.calls += 1
    if (status !== 200) counts.errors += 1
    if (goesOn()) socket.write(request())
    else socket.end()
  })
  socket.once('connect', () => socket.write(request()))
  return promise
}

/** Calls back with the status of each whole answer; every answer says how long its body is. */
function onAnswer(socket: Socket, answered: (status: number) => void): void {
  let held: Buffer = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    const end = held.indexOf(END_OF_HEAD)
    if (end < 0) return
    const head = held.toString('latin1', 0, end)
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1])
    if (held.length < end + END_OF_HEAD.length + length) return
    held = Buffer.alloc(0)
    answered(Number(head.slice(9, 12)))
  })
}
