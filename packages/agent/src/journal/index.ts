/**
 * The agent's one durable log: what arrived, what was started, how it ended, what the controller has
 * receipted. Entries come in through `appendRecord` and are on disk when it resolves; inbox, runner
 * and outbox are views of the state that the entries add up to. Segments are preallocated and
 * overwritten, calls made together share one sync, a torn tail is cut, a segment damaged in the
 * middle is set aside and reported. A failed sync is the end of the open journal (`JournalFailed`).
 */
export { type AttemptPlace, type Entry, type EntryOf, isSafeId, type SpoolPlace, type StepNote } from './entry.ts'
export { appendRecord, type Journal, type JournalOptions, openJournal } from './journal.ts'
export { JournalFailed, JournalFull } from './log.ts'
export { type JournalContent, readJournal } from './read-journal.ts'
export type { EndedInvocation, LiveInvocation } from './state.ts'
export { isWritable, openFolder, type Storage } from './storage.ts'
export type { InboxView, OutboxView, RunnerView, Unreceipted } from './views.ts'
