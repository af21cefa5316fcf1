import type { Lane } from '#hub/index.ts'

export interface Wire {
  /** Writes one message; `done` is called when it has left this process or never will. */
  write(message: Uint8Array, done: () => void): void
  /** Bytes written that have not left. */
  buffered(): number
}

/** Two lanes in front of one wire: urgent messages overtake bulk ones, and both together are bounded. */
export interface Outbound {
  /** False when too much waits already. */
  send(message: Uint8Array, lane: Lane): boolean
  /** Forgets bulk messages that have not been written, so that a last urgent one goes out soon. */
  dropBulk(): void
}

/** What one link may keep waiting. */
export const MAX_WAITING_BYTES = 4 * 1024 * 1024

// Room is left for receipts and heartbeats: much work at once must not make a slow line look like a dead reader.
const MOST_WAITING: Record<Lane, number> = { urgent: MAX_WAITING_BYTES, bulk: MAX_WAITING_BYTES - 1024 * 1024 }

// Small enough that an urgent message waits for little, large enough to keep a fast line full.
const WRITE_AHEAD_BYTES = 128 * 1024

export function createOutbound(wire: Wire): Outbound {
  const lanes: Record<Lane, Uint8Array[]> = { urgent: [], bulk: [] }
  let waiting = 0

  function pump(): void {
    while (wire.buffered() < WRITE_AHEAD_BYTES) {
      const message = lanes.urgent.shift() ?? lanes.bulk.shift()
      if (!message) return
      waiting -= message.length
      wire.write(message, pump)
    }
  }
  return {
    send(message, lane) {
      if (waiting + wire.buffered() + message.length > MOST_WAITING[lane]) return false
      waiting += message.length
      lanes[lane].push(message)
      pump()
      return true
    },
    dropBulk() {
      for (const message of lanes.bulk) waiting -= message.length
      lanes.bulk.length = 0
    },
  }
}
