import type { KeyObject } from 'node:crypto'
import { connect, type TLSSocket } from 'node:tls'
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  type FrameKind,
  LINK_VERSION,
  signLogin,
  tlsBinding,
} from '@muster/protocol/link'
import { WebSocket } from 'ws'

export interface DialOptions {
  readonly url: string
  readonly caPem: string | undefined
  readonly nodeId: string
  readonly privateKey: KeyObject
  readonly linkVersion?: number
  /** Instead of a fresh one, on plain loopback. */
  readonly challenge?: Uint8Array
  /** Instead of what this channel binds. */
  readonly binding?: Uint8Array
  /** Sent as they are. */
  readonly headers?: Readonly<Record<string, string>>
}

export type Dialled =
  | { readonly kind: 'open'; readonly socket: WebSocket; readonly headers: Record<string, string> }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string; readonly retryAfterMs?: number }

export const askChallenge = async (url: string): Promise<Uint8Array> => {
  const { challenge } = (await (await fetch(`${url}/agent/challenge`)).json()) as { challenge: string }
  return Buffer.from(challenge, 'base64url')
}

/** One login as an agent makes it, or as an attacker would like to. */
export async function dial(options: DialOptions): Promise<Dialled> {
  const { url, caPem, nodeId, privateKey } = options
  const channel = caPem ? await openTls(url, caPem) : undefined
  const challenge = channel ? options.challenge : (options.challenge ?? (await askChallenge(url)))
  const binding = options.binding ?? (channel ? tlsBinding(channel) : challenge) ?? new Uint8Array(0)
  const claim = {
    nodeId,
    agentNonce: 'A'.repeat(22),
    generation: 0,
    linkVersion: options.linkVersion ?? LINK_VERSION,
    sentAt: 0,
  }
  const headers = options.headers ?? signLogin({ claim, binding, privateKey, ...(challenge ? { challenge } : {}) })
  const socket = new WebSocket(`${url.replace('http', 'ws')}/agent`, {
    headers,
    perMessageDeflate: false,
    ...(channel ? { createConnection: () => channel } : {}),
  })
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve({ kind: 'open', socket, headers: { ...headers } }))
    socket.once('unexpected-response', async (_request, answer) => {
      const parts: Buffer[] = []
      for await (const part of answer) parts.push(part as Buffer)
      socket.terminate()
      resolve({ kind: 'refused', status: answer.statusCode ?? 0, ...JSON.parse(Buffer.concat(parts).toString()) })
    })
    socket.on('error', (error) => reject(error))
  })
}

function openTls(url: string, ca: string): Promise<TLSSocket> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), ca, ALPNProtocols: ['http/1.1'] })
  return new Promise((resolve, reject) => {
    socket.once('secureConnect', () => resolve(socket))
    socket.once('error', reject)
  })
}

/** An open socket as frames; `sendFrame` and `nextFrame` keep the order of the wire. */
export function framesOf(socket: WebSocket) {
  const received: Frame[] = []
  let wake = (): void => {}
  socket.on('message', (data) => {
    const decoded = decodeFrame(new Uint8Array(data as Buffer))
    if (!decoded.ok) throw new Error(decoded.problem)
    received.push(decoded.frame)
    wake()
  })
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })
  return {
    received,
    closed,
    send: (frame: Frame) => socket.send(encodeFrame(frame)),
    async next<K extends FrameKind>(kind: K): Promise<Extract<Frame, { kind: K }>> {
      for (;;) {
        const found = received.find((frame) => frame.kind === kind)
        if (found) return found as Extract<Frame, { kind: K }>
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}
