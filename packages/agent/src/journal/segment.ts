import { crc32 } from 'node:zlib'

/** First bytes of a segment file: which journal it belongs to and what stood before it. */
export interface SegmentHeader {
  readonly journalId: string
  readonly sequence: number
  /** Number of the first record after the base part. */
  readonly firstNumber: number
  /** Where the copy of all live entries ends; 0 in a segment that only continues the one before. */
  readonly baseEnd: number
}

export const SEGMENT_HEADER = 64
const MAGIC = 0x4d555354_4a4c3031n

// magic u64 | crc u32 | sequence u32 | first number u64 | base end u32 | zero u32 | journal id 16 bytes
/** The header's 64 bytes. */
export function encodeSegmentHeader({ journalId, sequence, firstNumber, baseEnd }: SegmentHeader): Uint8Array {
  const bytes = new Uint8Array(SEGMENT_HEADER)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, MAGIC)
  view.setUint32(12, sequence)
  view.setBigUint64(16, BigInt(firstNumber))
  view.setUint32(24, baseEnd)
  bytes.set(Buffer.from(journalId, 'hex').subarray(0, 16), 32)
  view.setUint32(8, crc32(bytes.subarray(12)))
  return bytes
}

/** The header of a segment file, or undefined when it is damaged. */
export function decodeSegmentHeader(bytes: Uint8Array): SegmentHeader | undefined {
  if (bytes.length < SEGMENT_HEADER) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  if (view.getBigUint64(0) !== MAGIC || view.getUint32(8) !== crc32(bytes.subarray(12, SEGMENT_HEADER)))
    return undefined
  return {
    journalId: Buffer.from(bytes.subarray(32, 48)).toString('hex'),
    sequence: view.getUint32(12),
    firstNumber: Number(view.getBigUint64(16)),
    baseEnd: view.getUint32(24),
  }
}

/** Name of a segment file. */
export const segmentName = (sequence: number): string => `journal-${String(sequence).padStart(8, '0')}.log`

/** Sequence in a segment file's name, or undefined for any other file. */
export function parseSegmentName(name: string): number | undefined {
  const match = /^journal-(\d{8})\.log$/.exec(name)
  return match ? Number(match[1]) : undefined
}

/** Preallocated space that waits to become the next segment. */
export const SPARE_NAME = 'spare.log'
/** A segment that is being written by a compaction. */
export const COMPACTION_NAME = 'compaction.log'
