import { encodeRecord, type LogRecord, recordSize } from './record.ts'
import { type FoundSegment, type RecoveredLog, recoverLog } from './recover-log.ts'
import {
  COMPACTION_NAME,
  encodeSegmentHeader,
  parseSegmentName,
  SEGMENT_HEADER,
  SPARE_NAME,
  segmentName,
} from './segment.ts'
import type { Storage, StorageFile } from './storage.ts'

/** The journal's files can no longer be trusted: nothing more is written, open it again. */
export class JournalFailed extends Error {
  override readonly name = 'JournalFailed'
}

/** No space for this record; what is journaled stays valid, and space may come back. */
export class JournalFull extends Error {
  override readonly name = 'JournalFull'
}

export interface LogOptions {
  readonly storage: Storage
  readonly segmentBytes: number
  /** Space in the last segment that only records marked `mayUseReserve` get. */
  readonly reserveBytes: number
  /** All that must outlive a compaction, with the numbers it had. */
  readonly snapshot: () => readonly Omit<LogRecord, 'since'>[]
  /** Sees each record once, in order: synced ones after the sync. */
  readonly apply: (record: LogRecord) => void
  /** Called once, when the files can no longer be trusted. */
  readonly onFailed: (error: JournalFailed) => void
}

export interface AppendOptions {
  /** Resolve only when it is on disk; otherwise when it is written, which a killed process survives. */
  readonly sync: boolean
  readonly mayUseReserve: boolean
}

interface Pending extends AppendOptions {
  readonly type: number
  readonly body: Uint8Array
  readonly resolve: (number: number) => void
  readonly reject: (error: Error) => void
}

/** The open log. Its fields belong to this file. */
export interface Log {
  readonly journalId: string
  readonly failed: Error | undefined
  /** There was no space for a further segment in reserve. */
  readonly low: boolean
  close(): Promise<void>
  /** Rewrites what is live into one new segment. */
  compact(): Promise<void>
  readonly append: (type: number, body: Uint8Array, options: AppendOptions) => Promise<number>
}

const BATCH_BYTES = 256 * 1024

/** What the journal's folder holds; changes nothing. */
export async function readLog(storage: Storage): Promise<RecoveredLog> {
  const segments: FoundSegment[] = []
  for (const name of await storage.list()) {
    const sequence = parseSegmentName(name)
    if (sequence === undefined) continue
    segments.push({ sequence, bytes: await storage.read(name) })
  }
  return recoverLog(segments)
}

/** The log of a disk that can be read and not written: every append fails. */
export const deadLog = (journalId: string, failed: JournalFailed): Log => ({
  journalId,
  failed,
  low: true,
  close: async () => {},
  compact: () => Promise.reject(failed),
  append: () => Promise.reject(failed),
})

/** Makes the folder ready for writing after `recovered` was taken in: cuts a torn tail, sets damaged segments aside. */
export async function startLog(options: LogOptions, recovered: RecoveredLog, newJournalId: () => string): Promise<Log> {
  // Numbers behind the damage may have been sent; only a new journal id keeps them from meaning two things.
  const renew = recovered.journalId === undefined || recovered.damage.length > 0
  const journalId = renew ? newJournalId() : (recovered.journalId ?? newJournalId())
  const writer = new LogWriter(options, journalId, recovered.nextNumber)
  try {
    await writer.begin(recovered)
    return writer
  } catch (error) {
    // It is the begin that tells; that closing fails too says nothing more.
    await writer.close().catch(() => {})
    throw error
  }
}

class LogWriter implements Log {
  readonly journalId: string
  failed: Error | undefined
  readonly #options: LogOptions
  readonly #queue: Pending[] = []
  #busy: Promise<void> | undefined
  #file: StorageFile | undefined
  #sequence = 0
  #offset = 0
  #capacity = 0
  #next: number
  #syncedNext: number
  #hasSpare = false
  #spaceIsShort = false
  #sinceBase = 0
  #baseBytes = 0

  constructor(options: LogOptions, journalId: string, next: number) {
    this.#options = options
    this.journalId = journalId
    this.#next = next
    this.#syncedNext = next
  }

  get low(): boolean {
    return this.#spaceIsShort
  }

  async begin(recovered: RecoveredLog): Promise<void> {
    const { storage } = this.#options
    for (const name of await storage.list())
      if (name === COMPACTION_NAME || name === SPARE_NAME) await storage.remove(name)
    this.#sequence = recovered.highestSequence
    const { active } = recovered
    if (active) {
      this.#file = await storage.open(segmentName(active.sequence))
      this.#offset = active.end
      this.#capacity = active.capacity
      // Zeros over the torn tail: an old record there could else be read as one of ours again.
      if (active.dirty) {
        await this.#file.write(active.end, new Uint8Array(active.capacity - active.end))
        await this.#file.sync()
      }
    } else {
      await this.#beginBase()
      for (const { sequence } of recovered.damage) await this.#setAside(sequence)
    }
    // Damaged ones may be here when an earlier start set them aside only in part.
    for (const { sequence, damaged } of recovered.obsolete) {
      await (damaged ? this.#setAside(sequence) : storage.remove(segmentName(sequence)))
    }
    await storage.syncFolder()
    await this.#prepareSpare()
  }

  append = (type: number, body: Uint8Array, options: AppendOptions): Promise<number> => {
    if (this.failed) return Promise.reject(this.failed)
    return new Promise((resolve, reject) => {
      this.#queue.push({ type, body, ...options, resolve, reject })
      this.#wake()
    })
  }

  async compact(): Promise<void> {
    while (this.#busy) await this.#busy
    if (this.failed) throw this.failed
    await this.#exclusive(() => this.#compact())
  }

  async close(): Promise<void> {
    while (this.#busy) await this.#busy
    this.failed ??= new JournalFailed('the journal is closed')
    await this.#file?.close()
    this.#file = undefined
  }

  #wake(): void {
    if (this.#busy === undefined) void this.#exclusive(() => this.#drain())
  }

  async #exclusive(work: () => Promise<void>): Promise<void> {
    const run = work().catch((cause: unknown) => this.#fail(cause))
    this.#busy = run.finally(() => {
      this.#busy = undefined
      if (this.#queue.length > 0) this.#wake()
    })
    await this.#busy
  }

  #fail(cause: unknown): void {
    if (this.failed === undefined) {
      const failed = journalFailed(cause)
      this.failed = failed
      this.#options.onFailed(failed)
    }
    for (const item of this.#queue.splice(0)) item.reject(this.failed)
  }

  async #drain(): Promise<void> {
    // One turn of the loop lets calls made together share a sync.
    await Promise.resolve()
    while (this.#queue.length > 0) {
      const first = this.#queue[0]
      if (first && !(await this.#makeRoom(first))) {
        this.#queue.shift()
        first.reject(new JournalFull('no space left for the journal'))
        continue
      }
      await this.#writeBatch(this.#takeBatch())
    }
  }

  #takeBatch(): Pending[] {
    const batch: Pending[] = []
    for (let bytes = 0; ; ) {
      const item = this.#queue[0]
      if (item === undefined) break
      bytes += recordSize(item.body.length)
      if (batch.length > 0 && (bytes > BATCH_BYTES || !this.#fits(item, bytes))) break
      batch.push(item)
      this.#queue.shift()
    }
    return batch
  }

  async #writeBatch(batch: readonly Pending[]): Promise<void> {
    const records = batch.map(
      ({ type, body }): LogRecord => ({ number: this.#next++, since: this.#syncedNext, type, body }),
    )
    const bytes = Buffer.concat(records.map(encodeRecord))
    try {
      const file = this.#openFile()
      await file.write(this.#offset, bytes)
      this.#offset += bytes.length
      this.#sinceBase += bytes.length
      if (batch.some((item) => item.sync)) await this.#sync(file)
    } catch (cause) {
      this.#fail(cause)
      for (const item of batch) item.reject(this.failed ?? new JournalFailed('the journal could not be written'))
      return
    }
    records.forEach((record, index) => {
      this.#options.apply(record)
      batch[index]?.resolve(record.number)
    })
  }

  async #sync(file: StorageFile): Promise<void> {
    const reached = this.#next
    await file.sync()
    this.#syncedNext = reached
  }

  #openFile(): StorageFile {
    if (this.#file === undefined) throw new JournalFailed('the journal is closed')
    return this.#file
  }

  #fits(item: Pending, bytes: number): boolean {
    const free = this.#capacity - this.#offset - bytes
    return free >= (this.#hasSpare || item.mayUseReserve ? 0 : this.#options.reserveBytes)
  }

  async #makeRoom(item: Pending): Promise<boolean> {
    const bytes = recordSize(item.body.length)
    if (!this.#hasSpare) await this.#prepareSpare()
    if (this.#fits(item, bytes)) return true
    if (bytes > this.#options.segmentBytes - SEGMENT_HEADER || !this.#hasSpare) return false
    await this.#rotate()
    return this.#fits(item, bytes)
  }

  /** Goes on in the spare segment, or in a compacted one when the live part has become small against the whole. */
  async #rotate(): Promise<void> {
    const { segmentBytes } = this.#options
    await this.#sync(this.#openFile())
    if (this.#sinceBase > Math.max(4 * segmentBytes, 2 * this.#baseBytes)) {
      if (await this.#tryCompact()) return
    }
    const { storage } = this.#options
    const header = { journalId: this.journalId, sequence: this.#sequence + 1, firstNumber: this.#next, baseEnd: 0 }
    const file = await storage.open(SPARE_NAME)
    await file.write(0, encodeSegmentHeader(header))
    await file.sync()
    await storage.rename(SPARE_NAME, segmentName(header.sequence))
    await storage.syncFolder()
    this.#hasSpare = false
    await this.#switchTo(file, header.sequence, SEGMENT_HEADER, segmentBytes)
    await this.#prepareSpare()
  }

  async #tryCompact(): Promise<boolean> {
    try {
      await this.#compact()
      return true
    } catch (error) {
      if (isNoSpace(error)) return false
      throw error
    }
  }

  async #compact(): Promise<void> {
    const { storage } = this.#options
    await this.#sync(this.#openFile())
    await this.#beginBase()
    for (const name of await storage.list()) {
      const sequence = parseSegmentName(name)
      if (sequence !== undefined && sequence < this.#sequence) await storage.remove(name)
    }
    await storage.syncFolder()
  }

  async #beginBase(): Promise<void> {
    const { storage, segmentBytes } = this.#options
    const records = this.#options.snapshot().map((record) => encodeRecord({ ...record, since: 0 }))
    const base = Buffer.concat(records)
    const baseEnd = SEGMENT_HEADER + base.length
    const capacity = baseEnd + segmentBytes
    const sequence = this.#sequence + 1
    const file = await storage.create(COMPACTION_NAME)
    const header = encodeSegmentHeader({ journalId: this.journalId, sequence, firstNumber: this.#next, baseEnd })
    await file.write(0, Buffer.concat([header, base, new Uint8Array(segmentBytes)]))
    await file.sync()
    await storage.rename(COMPACTION_NAME, segmentName(sequence))
    await storage.syncFolder()
    await this.#switchTo(file, sequence, baseEnd, capacity)
    this.#sinceBase = 0
    this.#baseBytes = base.length
  }

  async #switchTo(file: StorageFile, sequence: number, offset: number, capacity: number): Promise<void> {
    await this.#file?.close()
    this.#file = file
    this.#sequence = sequence
    this.#offset = offset
    this.#capacity = capacity
    this.#syncedNext = this.#next
  }

  async #prepareSpare(): Promise<void> {
    const { storage, segmentBytes } = this.#options
    try {
      const file = await storage.create(SPARE_NAME)
      try {
        await file.write(0, new Uint8Array(segmentBytes))
        await file.sync()
      } finally {
        await file.close()
      }
      await storage.syncFolder()
      this.#hasSpare = true
      this.#spaceIsShort = false
    } catch (error) {
      if (!isNoSpace(error)) throw error
      this.#spaceIsShort = true
    }
  }

  async #setAside(sequence: number): Promise<void> {
    await this.#options.storage.rename(segmentName(sequence), `damaged-${segmentName(sequence)}`)
  }
}

/** What an error of the disk makes of an open journal. */
export function journalFailed(cause: unknown): JournalFailed {
  const why = cause instanceof Error ? `: ${cause.message}` : ''
  return new JournalFailed(`the journal could not be written${why}`, { cause })
}

const isNoSpace = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
