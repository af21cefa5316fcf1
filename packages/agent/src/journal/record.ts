import { crc32 } from 'node:zlib'

/** One record of the log as it lies on disk. */
export interface LogRecord {
  /** Never used again within a journal id. */
  readonly number: number
  /** The lowest number that was not yet known to be on disk when this one was written. */
  readonly since: number
  readonly type: number
  readonly body: Uint8Array
}

// magic u32 | length u32 | crc u32 | type u32 | number u64 | since u64 | body | zeros up to 8
const MAGIC = 0x4d4a5231
const MAGIC_BYTES = Buffer.from([0x4d, 0x4a, 0x52, 0x31])
const ZEROS = Buffer.alloc(64 * 1024)
const HEADER = 32
const ALIGN = 8

/** Bytes that a record with such a body takes. */
export const recordSize = (bodyLength: number): number => Math.ceil((HEADER + bodyLength) / ALIGN) * ALIGN

/** A record's bytes, padded, with a checksum over everything but magic and itself. */
export function encodeRecord({ number, since, type, body }: LogRecord): Uint8Array {
  const bytes = new Uint8Array(recordSize(body.length))
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC)
  view.setUint32(4, body.length)
  view.setUint32(12, type)
  view.setBigUint64(16, BigInt(number))
  view.setBigUint64(24, BigInt(since))
  bytes.set(body, HEADER)
  view.setUint32(8, checksum(bytes, 0, body.length))
  return bytes
}

/** The record at an offset, or undefined when these bytes are none. */
export function decodeRecord(bytes: Uint8Array, offset: number): { record: LogRecord; end: number } | undefined {
  if (offset + HEADER > bytes.length) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset)
  if (view.getUint32(0) !== MAGIC) return undefined
  const length = view.getUint32(4)
  const end = offset + recordSize(length)
  if (end > bytes.length || view.getUint32(8) !== checksum(bytes, offset, length)) return undefined
  const body = bytes.slice(offset + HEADER, offset + HEADER + length)
  return {
    record: {
      number: Number(view.getBigUint64(16)),
      since: Number(view.getBigUint64(24)),
      type: view.getUint32(12),
      body,
    },
    end,
  }
}

/** Every whole record at or after an offset, looked for at each place where one can begin. */
export function salvageRecords(bytes: Uint8Array, from: number): LogRecord[] {
  const found: LogRecord[] = []
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  // Most of a segment is zeros: the search for the magic word steps over them without a look at each.
  for (let offset = buffer.indexOf(MAGIC_BYTES, from); offset >= 0; ) {
    const hit = offset % ALIGN === 0 ? decodeRecord(bytes, offset) : undefined
    if (hit) found.push(hit.record)
    offset = buffer.indexOf(MAGIC_BYTES, hit ? hit.end : offset + 1)
  }
  return found
}

/** Is everything from an offset on zero? */
export function isZeroFrom(bytes: Uint8Array, from: number): boolean {
  for (let offset = from; offset < bytes.length; offset += ZEROS.length) {
    const piece = bytes.subarray(offset, offset + ZEROS.length)
    if (ZEROS.compare(piece, 0, piece.length, 0, piece.length) !== 0) return false
  }
  return true
}

// Length stands in the checksum too: a torn header must not turn one record into another.
function checksum(bytes: Uint8Array, offset: number, bodyLength: number): number {
  const length = crc32(bytes.subarray(offset + 4, offset + 8))
  return crc32(bytes.subarray(offset + 12, offset + HEADER + bodyLength), length)
}
