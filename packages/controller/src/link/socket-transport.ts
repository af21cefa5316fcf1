import type { WebSocket } from 'ws'
import type { Transport, TransportPort } from '#hub/index.ts'
import { createOutbound } from './outbound.ts'

const GOING_AWAY = 1001
const POLICY = 1008
const CLOSE_MS = 2_000
const PONG_BELOW_BYTES = 64 * 1024
const NO_FRAME = new Uint8Array(0)

/** A WebSocket as the hub's transport. */
export function createSocketTransport(socket: WebSocket): Transport {
  const outbound = createOutbound({
    write: (message, done) => socket.send(message, { binary: true }, () => done()),
    buffered: () => socket.bufferedAmount,
  })
  return {
    send: (message, lane) => socket.readyState === socket.OPEN && outbound.send(message, lane),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close(reason) {
      outbound.dropBulk()
      // A paused socket would not see the peer's answer to the close.
      socket.resume()
      socket.close(reason === 'shutdown' ? GOING_AWAY : POLICY, reason)
      const timer = setTimeout(() => socket.terminate(), CLOSE_MS)
      timer.unref()
      socket.once('close', () => clearTimeout(timer))
    },
  }
}

/** Hands what comes on a WebSocket to the hub. */
export function connectPort(socket: WebSocket, port: TransportPort): void {
  socket.on('message', (data, isBinary) => port.receive(isBinary ? (data as Buffer) : NO_FRAME))
  // An answer to every ping would let a peer that does not read fill this side's memory.
  socket.on('ping', (data) => {
    if (socket.bufferedAmount < PONG_BELOW_BYTES) socket.pong(data)
  })
  socket.on('error', () => {})
  socket.once('close', () => port.closed())
}
