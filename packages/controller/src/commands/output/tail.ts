import { createHash, type Hash } from 'node:crypto'
import { BLOCK_BYTES, type Blocks } from './blocks.ts'
import { type StreamKey, streamName } from './store.ts'

/** The part of a stream that is here and not durable yet. */
export interface Tail {
  readonly key: StreamKey
  readonly name: string
  readonly attempt: number
  /** Durable up to here; the chunks begin here. */
  sealed: number
  received: number
  readonly chunks: Chunk[]
  /** Over all bytes from the first on; undefined when this controller has not seen all of them. */
  hash: Hash | undefined
  /** One sealing at a time; never rejects. */
  turn: Promise<void>
  /** How many sealings are under way or wait for their turn. */
  sealings: number
  /** Why a part of it could not be made durable: it begins again at what is. */
  failure: unknown
  /** When the last piece came. */
  at: number
}

/** Bytes from `start` to `end` of a block that may have room behind them. */
interface Chunk {
  readonly bytes: Uint8Array
  start: number
  end: number
}

/** From here on a block is taken. */
const OWN_BYTES = BLOCK_BYTES / 2

export function createTail(key: StreamKey, attempt: number, sealed: number, at: number): Tail {
  return {
    ...{ key, name: streamName(key), attempt, sealed, received: sealed, chunks: [], at },
    hash: sealed === 0 ? createHash('sha256') : undefined,
    ...{ turn: Promise.resolve(), sealings: 0, failure: undefined },
  }
}

/**
 * Adds what is new of a piece; a repeated part is left out, and a piece beyond the end is not taken. The bytes are
 * copied: kept as they came, they would keep the whole message alive that they came in.
 */
export function appendPiece(tail: Tail, offset: number, data: Uint8Array, blocks: Blocks): void {
  if (offset > tail.received || offset + data.length <= tail.received) return
  const fresh = data.subarray(tail.received - offset)
  tail.received += fresh.length
  tail.hash?.update(fresh)
  for (let rest = fillLast(tail, fresh); rest.length > 0; rest = fillLast(tail, rest)) {
    // Twice as much as before, so that neither a short stream takes a block nor many short pieces an array each.
    const wanted = Math.max(rest.length, 2 * (tail.chunks.at(-1)?.bytes.length ?? 0))
    const bytes = wanted < OWN_BYTES ? new Uint8Array(wanted) : blocks.take()
    tail.chunks.push({ bytes, start: 0, end: 0 })
  }
}

/** Fills what room there is behind the last bytes; answers what is left. */
function fillLast({ chunks }: Tail, data: Uint8Array): Uint8Array {
  const last = chunks.at(-1)
  if (last === undefined) return data
  const part = data.subarray(0, last.bytes.length - last.end)
  last.bytes.set(part, last.end)
  last.end += part.length
  return data.subarray(part.length)
}

const viewOf = ({ bytes, start, end }: Chunk): Uint8Array => bytes.subarray(start, end)

/** All bytes that are not durable, in parts. They stay as they are until they are forgotten. */
export const openParts = ({ chunks }: Tail): Uint8Array[] => chunks.map(viewOf)

/** Forgets bytes that are durable now, and gives their blocks back. */
export function forgetSealed(tail: Tail, length: number, blocks: Blocks): void {
  tail.sealed += length
  for (let left = length; left > 0; ) {
    const [first] = tail.chunks
    if (first === undefined) return
    const taken = Math.min(left, first.end - first.start)
    first.start += taken
    left -= taken
    if (first.start < first.end) return
    tail.chunks.shift()
    if (first.bytes.length === BLOCK_BYTES) blocks.give(first.bytes)
  }
}

/** A copy of at most `max` bytes of the open part from an offset of the stream. */
export function sliceTail(tail: Tail, offset: number, max: number): Uint8Array {
  let skip = offset - tail.sealed
  if (skip < 0) return new Uint8Array()
  const parts: Uint8Array[] = []
  let left = max
  for (const chunk of tail.chunks) {
    if (left === 0) break
    const length = chunk.end - chunk.start
    if (skip >= length) {
      skip -= length
      continue
    }
    const part = viewOf(chunk).subarray(skip, skip + left)
    parts.push(part)
    left -= part.length
    skip = 0
  }
  return Buffer.concat(parts)
}
