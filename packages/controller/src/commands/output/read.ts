import { createHash } from 'node:crypto'
import type { Reader } from '#db/index.ts'
import type { Objects } from '#objects/index.ts'
import { findSegments, type StreamKey } from './store.ts'

const PIECE_BYTES = 1024 * 1024

/** At most `max` sealed bytes of a stream from an offset; segments that overlap hold the same bytes. */
export async function readSealed(
  db: Reader,
  objects: Objects,
  key: StreamKey,
  { offset, max }: { readonly offset: number; readonly max: number },
): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let at = offset
  for (const { start, length, place } of await findSegments(db, key, offset)) {
    const wanted = Math.min(start + length - at, offset + max - at)
    if (start > at || wanted <= 0) continue
    const part = await objects.read(place, at - start, wanted)
    parts.push(part)
    at += part.length
    if (at >= offset + max) break
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
}

/** SHA-256 of a stream whose first bytes are sealed and whose last ones are given. */
export async function hashStream(
  db: Reader,
  objects: Objects,
  key: StreamKey,
  { sealed, rest }: { readonly sealed: number; readonly rest: Uint8Array },
): Promise<string> {
  const hash = createHash('sha256')
  for (let offset = 0; offset < sealed; ) {
    const piece = await readSealed(db, objects, key, { offset, max: Math.min(PIECE_BYTES, sealed - offset) })
    if (piece.length === 0) break
    hash.update(piece)
    offset += piece.length
  }
  return hash.update(rest).digest('hex')
}
