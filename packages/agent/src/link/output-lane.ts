import { OUTPUT_HEAD_BYTES, OUTPUT_PIECE_BYTES, type Output, type OutputReceipt } from '@muster/protocol/link'
import { createOutputWindow } from './output-window.ts'
import type { OutputStream } from './ports.ts'

/** Sends streams by offset, a window unreceipted at most, in turn so that no stream starves another. */
export interface OutputLane {
  /** The next piece to send, or undefined while there is none or the window is full. It is good until the next call. */
  next(): Promise<Piece | undefined>
  receipted(receipt: OutputReceipt): Promise<void>
}

/** A piece in the lane's one buffer, as `encodeOutput` takes it. */
export interface Piece extends Output {
  readonly room: Uint8Array
}

interface Progress {
  stream: OutputStream
  sent: number
  received: number
  endSent: boolean
}

/** While there is more to send of what is known, the host is not asked for each piece what is new. */
const LOOK_MS = 20

const keyOf = (stream: Pick<OutputReceipt, 'invocationId' | 'step' | 'attempt' | 'stream'>): string =>
  `${stream.invocationId}/${stream.step}/${stream.attempt}/${stream.stream}`

/** A lane of one link; a new link begins at what is sealed, because an open tail may have died with its controller. */
export function createOutputLane(
  open: () => Promise<readonly OutputStream[]>,
  now: () => number = () => performance.now(),
): OutputLane {
  const allowed = createOutputWindow(now)
  const progress = new Map<string, Progress>()
  // Pieces are sent one after the other: with a buffer each, memory would wait for the collector by the megabyte.
  const room = new Uint8Array(OUTPUT_HEAD_BYTES + OUTPUT_PIECE_BYTES)
  let turn = 0
  let known: readonly Progress[] = []
  let lookedAt = Number.NEGATIVE_INFINITY

  const refresh = async (): Promise<readonly Progress[]> => {
    lookedAt = now()
    const streams = await open()
    const present = new Set(streams.map(keyOf))
    for (const key of progress.keys()) if (!present.has(key)) progress.delete(key)
    return streams.map((stream) => {
      const begun = progress.get(keyOf(stream))
      if (begun) return Object.assign(begun, { stream })
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
      const hasBytes = known.some(({ stream, sent }) => sent < stream.size)
      if (!hasBytes || now() - lookedAt >= LOOK_MS) known = await refresh()
      const all = known
      const window = allowed.bytes - unreceipted()
      for (let step = 0; step < all.length; step++) {
        const one = all[(turn + step) % all.length]
        if (!one || !hasMore(one, window)) continue
        turn = (turn + step + 1) % all.length
        const next = await piece(one, window, room)
        allowed.sent(next.data.length)
        // Its file may be gone, and the stream with it.
        if (next.data.length === 0) lookedAt = Number.NEGATIVE_INFINITY
        return next
      }
      return undefined
    },
    async receipted(receipt) {
      const one = progress.get(keyOf(receipt))
      if (!one) return
      // What an earlier link brought need not be sent again, as far as it is here still.
      const received = Math.min(receipt.received, Math.max(one.sent, one.stream.size))
      allowed.receipted(Math.max(0, Math.min(received, one.sent) - one.received))
      one.sent = Math.max(one.sent, received)
      one.received = received
      await one.stream.sealed(receipt.sealed, receipt.ended)
    },
  }
}

function hasMore({ stream, sent, endSent }: Progress, window: number): boolean {
  const waiting = stream.size - sent
  return !endSent && ((waiting > 0 && window > 0) || (waiting <= 0 && stream.ended))
}

async function piece(progress: Progress, window: number, room: Uint8Array): Promise<Piece> {
  const { stream, sent } = progress
  const wanted = room.subarray(OUTPUT_HEAD_BYTES).subarray(0, Math.max(0, Math.min(window, stream.size - sent)))
  const data = wanted.subarray(0, await stream.read(sent, wanted))
  progress.sent += data.length
  // Bytes that are on the disk no more will never come: the stream ends before them.
  const lost = stream.ended && wanted.length > 0 && data.length === 0 ? stream.size - sent : 0
  const end = stream.ended && progress.sent + lost >= stream.size
  progress.endSent = end
  const { invocationId, step, attempt } = stream
  return {
    invocationId,
    step,
    attempt,
    stream: stream.stream,
    offset: sent,
    data,
    room,
    end,
    dropped: end ? stream.dropped + lost : 0,
  }
}
