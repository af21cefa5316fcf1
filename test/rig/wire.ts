import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { decodeFrame, type Frame, type FrameKind } from '@muster/protocol/link'
import { WebSocket, WebSocketServer } from 'ws'

/** How often a frame arrives: 1 as it should, 0 lost, 2 twice. `cut` loses it and breaks the connection. */
export type Passage = number | 'cut'

/** A wire between an agent and its controller that knows frames: it can lose, repeat and remember them. */
export interface Wire extends AsyncDisposable {
  /** Give this to the agent in place of the controller's address. */
  readonly url: string
  /** Every frame that was sent into the wire, either way, oldest first. */
  readonly seen: readonly Frame[]
  /** Decides about each frame from now on. */
  pass(rule: (frame: Frame) => Passage): void
  /** Sends remembered frames once more to whom they were meant for, over the newest connection. */
  again(frames: readonly Frame[]): void
}

type End = 'agent' | 'controller'

/** Frames of one kind. */
export const ofKind = <K extends FrameKind>(frames: readonly Frame[], kind: K): Extract<Frame, { kind: K }>[] =>
  frames.filter((frame): frame is Extract<Frame, { kind: K }> => frame.kind === kind)

/** Listens on a free loopback port for plain http and passes everything on to the controller. */
export async function startWire(target: string): Promise<Wire> {
  const seen: Frame[] = []
  const messages = new Map<Frame, { readonly to: End; readonly bytes: Buffer }>()
  const open = new Set<{ readonly [E in End]: WebSocket }>()
  let rule: (frame: Frame) => Passage = () => 1

  const server = createServer((incoming, answer) => forward(target, incoming, answer))
  const upgrades = new WebSocketServer({ noServer: true })
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => {})
    const url = new URL(incoming.url ?? '/', target.replace(/^http/, 'ws'))
    const far = new WebSocket(url, { headers: loginOf(incoming), perMessageDeflate: false })
    // A refusal is for the agent to read: it goes back as it came.
    far.once('unexpected-response', (_request, response) => void refuse(response, socket))
    far.on('error', () => socket.destroy())
    far.once('upgrade', () => upgrades.handleUpgrade(incoming, socket, head, (near) => join(near, far)))
  })

  const join = (near: WebSocket, far: WebSocket): void => {
    const ends = { agent: near, controller: far }
    open.add(ends)
    const relay = (from: WebSocket, to: End): void => {
      const other = ends[to]
      from.on('message', (data: Buffer) => onMessage(ends, to, Buffer.from(data)))
      from.on('error', () => from.terminate())
      from.on('close', (code, reason) => {
        open.delete(ends)
        // Codes from 1004 to 1006 say that no close came; they cannot be sent.
        if (other.readyState === WebSocket.OPEN && code !== 1005 && code !== 1006) other.close(code, reason)
        else other.terminate()
      })
    }
    relay(near, 'controller')
    relay(far, 'agent')
  }

  const onMessage = (ends: { readonly [E in End]: WebSocket }, to: End, bytes: Buffer): void => {
    const decoded = decodeFrame(bytes)
    let passage: Passage = 1
    if (decoded.ok) {
      seen.push(decoded.frame)
      messages.set(decoded.frame, { to, bytes })
      passage = rule(decoded.frame)
    }
    if (passage === 'cut') {
      for (const socket of Object.values(ends)) socket.terminate()
      return
    }
    for (let sent = 0; sent < passage; sent++) send(ends[to], bytes)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    pass(next) {
      rule = next
    },
    again(frames) {
      const ends = [...open].at(-1)
      if (ends === undefined) throw new Error('no connection to repeat on')
      for (const frame of frames) {
        const message = messages.get(frame)
        if (message) send(ends[message.to], message.bytes)
      }
    },
    async [Symbol.asyncDispose]() {
      for (const ends of open) for (const socket of Object.values(ends)) socket.terminate()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function send(socket: WebSocket, bytes: Buffer): void {
  // One that is still opening holds no frame back: the controller speaks first only after the hello.
  if (socket.readyState === WebSocket.OPEN) socket.send(bytes)
}

/** The agent's own words at login; how the connection lives is said by each end for itself. */
function loginOf({ headers }: IncomingMessage): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' && !/^(host|connection|upgrade|sec-websocket-.*)$/.test(name) ? [[name, value]] : [],
  )
  return Object.fromEntries(entries) as Record<string, string>
}

async function refuse(response: IncomingMessage, socket: Duplex): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of response as AsyncIterable<Buffer>) parts.push(part)
  const body = Buffer.concat(parts)
  const type = response.headers['content-type'] ?? 'application/json'
  socket.end(
    Buffer.concat([
      Buffer.from(
        `HTTP/1.1 ${response.statusCode} ${response.statusMessage}\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n`,
      ),
      body,
    ]),
  )
}

function forward(target: string, incoming: IncomingMessage, answer: ServerResponse): void {
  const { method, url = '/', headers } = incoming
  const sent = request(new URL(url, target), { method, headers: { ...headers, host: new URL(target).host } })
  sent.on('response', (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers)
    response.pipe(answer)
  })
  sent.on('error', () => answer.destroy())
  incoming.pipe(sent)
}
