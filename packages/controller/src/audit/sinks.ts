import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { hostname } from 'node:os'

/** A place outside the store that keeps checkpoints, one line each. */
export interface Sink {
  /** As figures and logs name it. */
  readonly name: string
  /** Resolves when the lines are there, as far as the place can say so; rejects when they may not be. */
  send(lines: readonly string[]): Promise<void>
  /** The last line that was sent, where the place can be read. */
  last?(): Promise<string | undefined>
}

const TIMEOUT_MS = 5_000
const TAIL_BYTES = 4096

/** A file that is only ever added to: mode 0600, each batch on disk before it counts. */
export const fileSink = (path: string): Sink => ({
  name: 'file',
  async send(lines) {
    const file = await open(path, 'a', 0o600)
    try {
      // What an interrupted write left of a line ends there.
      const prefix = (await endsInLine(path)) ? '' : '\n'
      await file.appendFile(`${prefix}${lines.join('\n')}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
  },
  last: () => lastLine(path),
})

async function tailOf(path: string): Promise<string> {
  const file = await open(path, 'r').catch(() => undefined)
  if (!file) return ''
  try {
    const { size } = await file.stat()
    const from = Math.max(0, size - TAIL_BYTES)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from)
    return buffer.subarray(0, bytesRead).toString('utf8')
  } finally {
    await file.close()
  }
}

const endsInLine = async (path: string): Promise<boolean> => /(^|\n)$/.test(await tailOf(path))
const lastLine = async (path: string): Promise<string | undefined> =>
  (await tailOf(path)).split('\n').findLast((line) => line.startsWith('{') && line.endsWith('}'))

/** Where syslog listens: `udp://HOST:PORT`, `tcp://HOST:PORT` or `unix:PATH` of a stream socket. */
export type SyslogPlace =
  | { readonly kind: 'udp' | 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string }

const SYSLOG_PORT = 514

/** Undefined for a text that names no such place. */
export function parseSyslogPlace(text: string): SyslogPlace | undefined {
  if (text.startsWith('unix:/')) return { kind: 'unix', path: text.slice('unix:'.length) }
  const match = /^(udp|tcp):\/\/(\[[0-9a-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/i.exec(text)
  const port = Number(match?.[3] ?? SYSLOG_PORT)
  if (!match?.[1] || !match[2] || port < 1 || port > 65_535) return undefined
  return { kind: match[1].toLowerCase() as 'udp' | 'tcp', host: match[2].replace(/^\[|\]$/g, ''), port }
}

// Facility 13 (log audit), severity 5 (notice).
const PRIORITY = 13 * 8 + 5

const toMessage = (line: string): string =>
  `<${PRIORITY}>1 ${new Date().toISOString()} ${hostname() || '-'} muster-controller ${process.pid} audit-checkpoint - ${line}`

/** Messages of RFC 5424; over a stream each with its length in front (RFC 6587). A datagram counts once it is sent. */
export const syslogSink = (place: SyslogPlace): Sink => ({
  name: 'syslog',
  send: (lines) => (place.kind === 'udp' ? sendDatagrams(place, lines) : sendStream(place, lines)),
})

async function sendDatagrams(place: { readonly host: string; readonly port: number }, lines: readonly string[]) {
  const socket = createSocket(place.host.includes(':') ? 'udp6' : 'udp4')
  try {
    for (const line of lines)
      await new Promise<void>((sent, failed) =>
        socket.send(toMessage(line), place.port, place.host, (error) => (error ? failed(error) : sent())),
      )
  } finally {
    socket.close()
  }
}

async function sendStream(place: Exclude<SyslogPlace, { kind: 'udp' }>, lines: readonly string[]): Promise<void> {
  const socket: Socket = place.kind === 'unix' ? connect(place.path) : connect(place.port, place.host)
  // A receiver that keeps the connection open after the end of the stream has got all of it nevertheless.
  socket.setTimeout(TIMEOUT_MS, () =>
    socket.destroy(socket.writableFinished ? undefined : new Error('syslog does not answer')),
  )
  try {
    await once(socket, 'connect')
    const text = lines.map(toMessage).map((message) => `${Buffer.byteLength(message)} ${message}`)
    const closed = once(socket, 'close')
    socket.resume().end(text.join(''))
    await closed
    if (socket.errored) throw socket.errored
  } finally {
    socket.destroy()
  }
}
