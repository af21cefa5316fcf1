import { decodeRecord, isZeroFrom, type LogRecord, salvageRecords } from './record.ts'
import { decodeSegmentHeader, SEGMENT_HEADER, type SegmentHeader } from './segment.ts'

/** A segment file as it was found. */
export interface FoundSegment {
  readonly sequence: number
  readonly bytes: Uint8Array
}

export interface Damage {
  readonly sequence: number
  readonly problem: string
  /** The records before and after the damage, whose neighbours may be lost. */
  readonly records: readonly LogRecord[]
}

/** What the segments say, decided without touching them. */
export interface RecoveredLog {
  /** Undefined when there was no readable segment. */
  readonly journalId: string | undefined
  readonly records: readonly LogRecord[]
  readonly nextNumber: number
  /** Where to go on writing. Undefined when the log is new or damaged: then a new segment is begun. */
  readonly active:
    | { readonly sequence: number; readonly end: number; readonly dirty: boolean; readonly capacity: number }
    | undefined
  /** Segments that a compaction has replaced. */
  readonly obsolete: readonly { readonly sequence: number; readonly damaged: boolean }[]
  readonly damage: readonly Damage[]
  readonly highestSequence: number
}

interface ScannedSegment {
  readonly sequence: number
  readonly header: SegmentHeader | undefined
  readonly records: readonly LogRecord[]
  readonly salvaged: readonly LogRecord[]
  readonly end: number
  readonly next: number
  readonly problem: string | undefined
  readonly dirty: boolean
  readonly capacity: number
}

/**
 * Reads a prefix of what was appended: everything that was synced, and of the rest whatever is whole and in order.
 * A bad record is a torn tail only if nothing behind it was written after it was synced.
 */
export function recoverLog(found: readonly FoundSegment[]): RecoveredLog {
  const scanned = found.toSorted((a, b) => a.sequence - b.sequence).map(scanSegment)
  const baseIndex = scanned.findLastIndex((segment) => segment.header !== undefined && segment.header.baseEnd > 0)
  const live = scanned.slice(Math.max(baseIndex, 0))
  const records: LogRecord[] = []
  const damage: Damage[] = []

  live.forEach((segment, index) => {
    const problem = segment.problem ?? placeProblem(segment, live[index - 1], live[index + 1])
    const all = [...segment.records, ...segment.salvaged]
    if (problem === undefined) records.push(...segment.records)
    else {
      damage.push({ sequence: segment.sequence, problem, records: all })
      records.push(...all)
    }
  })

  const last = live.at(-1)
  const highestNumber = records.reduce((highest, record) => Math.max(highest, record.number), 0)
  const headers = live.map((segment) => segment.header?.firstNumber ?? 0)
  return {
    journalId: live.find((segment) => segment.header !== undefined)?.header?.journalId,
    records,
    nextNumber: Math.max(highestNumber + 1, ...headers),
    active:
      last && damage.length === 0
        ? { sequence: last.sequence, end: last.end, dirty: last.dirty, capacity: last.capacity }
        : undefined,
    obsolete: scanned
      .slice(0, Math.max(baseIndex, 0))
      .map(({ sequence, problem }) => ({ sequence, damaged: problem !== undefined })),
    damage,
    highestSequence: scanned.at(-1)?.sequence ?? 0,
  }
}

function scanSegment({ sequence, bytes }: FoundSegment): ScannedSegment {
  const header = decodeSegmentHeader(bytes)
  const capacity = bytes.length
  if (header === undefined || header.sequence !== sequence) {
    const salvaged = salvageRecords(bytes, SEGMENT_HEADER)
    return {
      sequence,
      header: undefined,
      records: [],
      salvaged,
      end: 0,
      next: 0,
      problem: 'the header is damaged',
      dirty: true,
      capacity,
    }
  }
  const records: LogRecord[] = []
  let offset = SEGMENT_HEADER
  let next = header.firstNumber
  for (;;) {
    const hit = decodeRecord(bytes, offset)
    if (hit === undefined) break
    if (offset >= header.baseEnd) {
      if (hit.record.number !== next) break
      next += 1
    }
    records.push(hit.record)
    offset = hit.end
  }
  const salvaged = salvageRecords(bytes, offset)
  const problem =
    offset < header.baseEnd
      ? `the record at byte ${offset} is damaged`
      : salvaged.some((record) => record.since > next)
        ? `the record ${next} at byte ${offset} is damaged`
        : undefined
  const dirty = !isZeroFrom(bytes, offset)
  return { sequence, header, records, salvaged, end: offset, next, problem, dirty, capacity }
}

/** A segment that is followed by another was complete and synced before that one began. */
function placeProblem(
  segment: ScannedSegment,
  before: ScannedSegment | undefined,
  after: ScannedSegment | undefined,
): string | undefined {
  if (before === undefined && segment.header?.baseEnd === 0) return 'the segments before this one are missing'
  if (after === undefined) return undefined
  if (after.sequence !== segment.sequence + 1) return `segment ${segment.sequence + 1} is missing`
  if (after.header !== undefined && after.header.firstNumber !== segment.next)
    return `records from ${segment.next} on are missing`
  return undefined
}
