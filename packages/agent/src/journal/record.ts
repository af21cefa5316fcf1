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
  for (let offset = Math.ceil(from / ALIGN) * ALIGN; offset + HEADER <= bytes.length; ) {
    const hit = decodeRecord(bytes, offset)
    if (hit) found.push(hit.record)
    offset = hit ? hit.end : offset + ALIGN
  }
  return found
}

// Length stands in the checksum too: a torn header must not turn one record into another.
function checksum(bytes: Uint8Array, offset: number, bodyLength: number): number {
  const length = crc32(bytes.subarray(offset + 4, offset + 8))
  return crc32(bytes.subarray(offset + 12, offset + HEADER + bodyLength), length)
}
