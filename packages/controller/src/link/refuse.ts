import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

export interface RefusalBody {
  readonly reason: string
  readonly text: string
  readonly retryAfterMs: number | undefined
}

const LINGER_MS = 2_000

/** Answers an upgrade with a plain HTTP error and closes. */
export function refuseUpgrade(
  socket: Socket,
  status: number,
  body: Omit<RefusalBody, 'retryAfterMs'> & Partial<RefusalBody>,
): void {
  if (socket.destroyed) return
  const json = JSON.stringify(body)
  const { retryAfterMs } = body
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(json)}`,
    'connection: close',
    ...(retryAfterMs === undefined ? [] : [`retry-after: ${Math.ceil(retryAfterMs / 1000)}`]),
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${json}`)
  // A peer that keeps its side open must not keep the socket.
  socket.setTimeout(LINGER_MS, () => socket.destroy())
}
