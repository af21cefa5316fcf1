import type { Frame, OutputReceipt, StreamName } from '../frame.ts'
import { OUTPUT_PIECE_BYTES, OUTPUT_WINDOW_BYTES } from '../limits.ts'

interface Spool {
  readonly invocationId: string
  readonly step: number
  readonly stream: StreamName
  readonly bytes: Uint8Array
  sent: number
  received: number
  sealed: number
}

/** Output that is too large for a result: sent by offset within the window, kept until it is sealed. */
export interface Spools {
  add(invocationId: string, step: number, stream: StreamName, bytes: Uint8Array): void
  receipted(receipt: OutputReceipt): void
  /** A new link begins again at what is sealed. */
  resend(): void
  unsealed(): number
}

export function createSpools(send: (frame: Frame) => boolean): Spools {
  const spools = new Map<string, Spool>()
  const key = (spool: Pick<OutputReceipt, 'invocationId' | 'step' | 'stream'>) =>
    `${spool.invocationId}/${spool.step}/${spool.stream}`

  const room = (): number => {
    let used = 0
    for (const { sent, received } of spools.values()) used += sent - received
    return OUTPUT_WINDOW_BYTES - used
  }

  function pump(): void {
    for (const spool of spools.values()) {
      while (spool.sent < spool.bytes.length) {
        const length = Math.min(OUTPUT_PIECE_BYTES, room(), spool.bytes.length - spool.sent)
        if (length <= 0 || !sendPiece(spool, length)) return
      }
    }
  }

  function sendPiece(spool: Spool, length: number): boolean {
    const { invocationId, step, stream, bytes, sent: offset } = spool
    const data = bytes.subarray(offset, offset + length)
    const end = offset + length === bytes.length
    const sent = send({
      kind: 'output',
      output: { invocationId, step, attempt: 1, stream, offset, data, end, dropped: 0 },
    })
    if (sent) spool.sent += length
    return sent
  }

  return {
    add(invocationId, step, stream, bytes) {
      const spool = { invocationId, step, stream, bytes, sent: 0, received: 0, sealed: 0 }
      spools.set(key(spool), spool)
      pump()
    },
    receipted(receipt) {
      const spool = spools.get(key(receipt))
      if (!spool) return
      spool.received = Math.min(receipt.received, spool.sent)
      spool.sealed = receipt.sealed
      if (spool.sealed >= spool.bytes.length) spools.delete(key(receipt))
      pump()
    },
    resend() {
      for (const spool of spools.values()) spool.sent = spool.received = spool.sealed
      pump()
    },
    unsealed: () => spools.size,
  }
}
