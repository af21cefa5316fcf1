import { randomBytes } from 'node:crypto'
import type { Clock } from '@muster/protocol/kit'
import { decodeEntry, type Entry, type EntryKind, encodeEntry } from './entry.ts'
import { deadLog, type JournalFailed, journalFailed, type Log, readLog, startLog } from './log.ts'
import type { LogRecord } from './record.ts'
import type { Damage, RecoveredLog } from './recover-log.ts'
import { applyEntry, type MutableState, type NumberedEntry, recoverState, snapshotState } from './state.ts'
import type { Storage } from './storage.ts'
import { type InboxView, inboxView, type OutboxView, outboxView, type RunnerView, runnerView } from './views.ts'

export interface JournalOptions {
  readonly storage: Storage
  readonly clock: Clock
  readonly segmentBytes?: number
  readonly reserveBytes?: number
  readonly newJournalId?: () => string
  /** A sync of these files failed: what is read may not be on disk, so it is written anew before anything is added. */
  readonly rewrite?: boolean
}

/** The agent's one durable log. */
export interface Journal extends AsyncDisposable {
  readonly journalId: string
  readonly inbox: InboxView
  readonly runner: RunnerView
  readonly outbox: OutboxView
  /** Everything up to this number is committed at the controller. */
  readonly receiptedTo: number
  /** Segments that were set aside at the start, with what was wrong. */
  readonly damage: readonly { readonly segment: number; readonly problem: string }[]
  /** Set once the files can no longer be trusted. */
  readonly failed: Error | undefined
  /** Resolves when that happens: opening the journal again, in a new life of the agent, is the only way on. */
  readonly failure: Promise<JournalFailed>
  /** Space is running out: new work may be refused, small results still fit. */
  readonly low: boolean
  compact(): Promise<void>
  readonly log: Log
}

const MIB = 1024 * 1024
// What must not be lost goes into the reserve; what can be asked for again does not.
const REFUSABLE: ReadonlySet<EntryKind> = new Set(['received', 'starting'])
// A killed process leaves these behind as well as any; a power cut may take them without harm.
const UNSYNCED: ReadonlySet<EntryKind> = new Set(['forgotten', 'receipted'])

// What a disk says that can be read and not written.
const UNWRITABLE: ReadonlySet<unknown> = new Set(['EIO', 'EROFS', 'ENOSPC', 'EDQUOT'])

/**
 * Opens the journal in a folder, recovering what was synced there. Where that can be read and not written, the journal
 * has failed from the start: it says what was known and takes nothing.
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { storage, clock, segmentBytes = MIB, reserveBytes = MIB / 4 } = options
  const { newJournalId = () => randomBytes(16).toString('hex') } = options
  const found = await readLog(storage)
  const recovered = options.rewrite ? withoutActive(found) : found
  const state = recoverState(recovered.records.flatMap(toEntry))
  markDamaged(state, recovered.damage)
  const failure = Promise.withResolvers<JournalFailed>()
  const log = await startLog(
    {
      onFailed: failure.resolve,
      storage,
      segmentBytes,
      reserveBytes,
      snapshot: () => snapshotState(state, clock.now()).map(({ number, entry }) => ({ number, ...encodeEntry(entry) })),
      apply: (record) => {
        for (const { number, entry } of toEntry(record)) applyEntry(state, number, entry)
      },
    },
    recovered,
    newJournalId,
  ).catch((error: NodeJS.ErrnoException) => {
    if (recovered.journalId === undefined || !UNWRITABLE.has(error.code)) throw error
    return deadLog(recovered.journalId, journalFailed(error))
  })
  return wrap(log, state, recovered, failure.promise)
}

/** The same content, to be gone on with in a new segment that repeats all that is live. */
const withoutActive = (found: RecoveredLog): RecoveredLog => {
  const { active, obsolete } = found
  if (active === undefined) return found
  return { ...found, active: undefined, obsolete: [...obsolete, { sequence: active.sequence, damaged: false }] }
}

/** Writes an entry to the journal; on disk when it resolves (a few kinds: written). The number is the entry's own for ever. */
export function appendRecord(journal: Journal, entry: Entry): Promise<number> {
  const { type, body } = encodeEntry(entry)
  return journal.log.append(type, body, { sync: !UNSYNCED.has(entry.kind), mayUseReserve: !REFUSABLE.has(entry.kind) })
}

function wrap(log: Log, state: MutableState, recovered: RecoveredLog, failure: Promise<JournalFailed>): Journal {
  return {
    log,
    failure,
    journalId: log.journalId,
    inbox: inboxView(state),
    runner: runnerView(state),
    outbox: outboxView(state),
    damage: recovered.damage.map(({ sequence, problem }) => ({ segment: sequence, problem })),
    get receiptedTo() {
      return state.receiptedTo
    },
    get failed() {
      return log.failed
    },
    get low() {
      return log.low
    },
    compact: () => log.compact(),
    [Symbol.asyncDispose]: () => log.close(),
  }
}

function toEntry(record: LogRecord): NumberedEntry[] {
  const entry = decodeEntry(record.type, record.body)
  return entry ? [{ number: record.number, entry }] : []
}

/** Whoever has a record near the damage may have lost others there. */
function markDamaged(state: MutableState, damage: readonly Damage[]): void {
  for (const { entry } of damage.flatMap(({ records }) => records.flatMap(toEntry))) {
    if (!('invocationId' in entry)) continue
    const { invocationId } = entry
    if (state.live.get(invocationId)?.damaged === false) applyEntry(state, 0, { kind: 'damaged', invocationId })
  }
}
