import { OUTPUT_PIECE_BYTES, OUTPUT_WINDOW_BYTES, type Output, type OutputReceipt } from '@muster/protocol/link'
import type { OutputStream } from './ports.ts'

/** Sends streams by offset, `OUTPUT_WINDOW_BYTES` unreceipted at most, in turn so that no stream starves another. */
export interface OutputLane {
  /** The next piece to send, or undefined while there is none or the window is full. */
  next(): Promise<Output | undefined>
  receipted(receipt: OutputReceipt): Promise<void>
}

interface Progress {
  stream: OutputStream
  sent: number
  received: number
  endSent: boolean
}

const keyOf = (stream: Pick<OutputReceipt, 'invocationId' | 'step' | 'attempt' | 'stream'>): string =>
  `${stream.invocationId}/${stream.step}/${stream.attempt}/${stream.stream}`

/** A lane of one link; a new link begins at what is sealed, because an open tail may have died with its controller. */
export function createOutputLane(open: () => Promise<readonly OutputStream[]>): OutputLane {
  const progress = new Map<string, Progress>()
  let turn = 0

  const refresh = async (): Promise<readonly Progress[]> => {
    const streams = await open()
    const present = new Set(streams.map(keyOf))
    for (const key of progress.keys()) if (!present.has(key)) progress.delete(key)
    return streams.map((stream) => {
      const known = progress.get(keyOf(stream))
      if (known) return Object.assign(known, { stream })
      const begin = stream.sealedTo
      const fresh = { stream, sent: begin, received: begin, endSent: false }
      progress.set(keyOf(stream), fresh)
      return fresh
    })
  }
  const unreceipted = (): number => {
    let bytes = 0
    for (const { sent, received } of progress.values()) bytes += sent - received
    return bytes
  }

  return {
    async next() {
      const all = await refresh()
      const room = OUTPUT_WINDOW_BYTES - unreceipted()
      for (let step = 0; step < all.length; step++) {
        const one = all[(turn + step) % all.length]
        if (!one || !hasMore(one, room)) continue
        turn = (turn + step + 1) % all.length
        return piece(one, room)
      }
      return undefined
    },
    async receipted(receipt) {
      const one = progress.get(keyOf(receipt))
      if (!one) return
      one.received = Math.min(receipt.received, one.sent)
      await one.stream.sealed(receipt.sealed)
    },
  }
}

function hasMore({ stream, sent, endSent }: Progress, room: number): boolean {
  const waiting = stream.size - sent
  return (waiting > 0 && room > 0) || (waiting <= 0 && stream.ended && !endSent)
}

async function piece(progress: Progress, room: number): Promise<Output> {
  const { stream, sent } = progress
  const data = await stream.read(sent, Math.min(OUTPUT_PIECE_BYTES, room, stream.size - sent))
  progress.sent += data.length
  const end = stream.ended && progress.sent >= stream.size
  progress.endSent = end
  const { invocationId, step, attempt } = stream
  return {
    invocationId,
    step,
    attempt,
    stream: stream.stream,
    offset: sent,
    data,
    end,
    dropped: end ? stream.dropped : 0,
  }
}
