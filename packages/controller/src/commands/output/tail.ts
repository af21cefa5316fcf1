import { createHash, type Hash } from 'node:crypto'
import { type StreamKey, streamName } from './store.ts'

/** The part of a stream that is here and not durable yet. */
export interface Tail {
  readonly key: StreamKey
  readonly name: string
  readonly attempt: number
  /** Durable up to here; the chunks begin here. */
  sealed: number
  received: number
  readonly chunks: Uint8Array[]
  /** Over all bytes from the first on; undefined when this controller has not seen all of them. */
  hash: Hash | undefined
  /** One sealing at a time. */
  turn: Promise<void>
  /** When the last piece came. */
  at: number
}

/** Pieces from this size on are kept as they came. */
const COPIED_BYTES = 32 * 1024

export function createTail(key: StreamKey, attempt: number, sealed: number, at: number): Tail {
  return {
    ...{ key, name: streamName(key), attempt, sealed, received: sealed, chunks: [], at },
    hash: sealed === 0 ? createHash('sha256') : undefined,
    turn: Promise.resolve(),
  }
}

/** Adds what is new of a piece; a repeated part is left out, and a piece beyond the end is not taken. */
export function appendPiece(tail: Tail, offset: number, data: Uint8Array): void {
  if (offset > tail.received || offset + data.length <= tail.received) return
  const rest = data.subarray(tail.received - offset)
  // A short piece would keep the whole message alive that it came in.
  const fresh = rest.length < COPIED_BYTES ? rest.slice() : rest
  tail.chunks.push(fresh)
  tail.received += fresh.length
  tail.hash?.update(fresh)
}

/** All bytes that are not durable, as one array. */
export const openBytes = ({ chunks }: Tail): Uint8Array => (chunks.length === 1 && chunks[0]) || Buffer.concat(chunks)

/** Forgets bytes that are durable now. */
export function forgetSealed(tail: Tail, length: number): void {
  tail.sealed += length
  let left = length
  while (left > 0) {
    const [first] = tail.chunks
    if (first === undefined) return
    if (first.length > left) {
      tail.chunks[0] = first.slice(left)
      return
    }
    left -= first.length
    tail.chunks.shift()
  }
}

/** At most `max` bytes of the open part from an offset of the stream. */
export function sliceTail(tail: Tail, offset: number, max: number): Uint8Array {
  let skip = offset - tail.sealed
  if (skip < 0) return new Uint8Array()
  const parts: Uint8Array[] = []
  let left = max
  for (const chunk of tail.chunks) {
    if (left === 0) break
    if (skip >= chunk.length) {
      skip -= chunk.length
      continue
    }
    const part = chunk.subarray(skip, skip + left)
    parts.push(part)
    left -= part.length
    skip = 0
  }
  return Buffer.concat(parts)
}
