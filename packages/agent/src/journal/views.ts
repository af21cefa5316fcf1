import type { EntryOf, SpoolPlace } from './entry.ts'
import type { EndedInvocation, JournalState, LiveInvocation } from './state.ts'

/** What the inbox asks: has this work been taken, and what waits. */
export interface InboxView {
  isKnown(invocationId: string): boolean
  /** Taken and not begun, oldest first. */
  waiting(): LiveInvocation[]
}

/** What the runner asks: which invocations are not over. */
export interface RunnerView {
  find(invocationId: string): LiveInvocation | undefined
  /** Oldest first. */
  unfinished(): LiveInvocation[]
  /** Invocations that were received and whose results are not receipted. */
  holding(): string[]
}

/** One thing that the controller has to hear and has not receipted. */
export interface Unreceipted {
  readonly number: number
  readonly entry: EntryOf<'started'> | EntryOf<'result'>
}

/** What the link asks: what to send, and what may be forgotten. */
export interface OutboxView {
  /** Entries with a number above `after`, lowest first. */
  unreceipted(after: number, limit: number): Unreceipted[]
  /** Invocations that are over and whose spools are still kept. */
  withSpools(): EndedInvocation[]
  spoolsOf(invocationId: string): readonly SpoolPlace[]
}

/** The inbox's view of a state that goes on changing. */
export const inboxView = (state: JournalState): InboxView => ({
  isKnown: (id) => state.live.has(id) || state.ended.has(id) || state.known.has(id),
  waiting: () =>
    [...state.live.values()].filter(
      (invocation) => invocation.starting === undefined && invocation.finished.length === 0,
    ),
})

/** The runner's view of a state that goes on changing. */
export const runnerView = (state: JournalState): RunnerView => ({
  find: (id) => state.live.get(id),
  unfinished: () => [...state.live.values()],
  holding: () => [
    // One whose envelope the journal has lost will never be told of: the controller must not wait for it.
    ...[...state.live.values()].flatMap(({ received, invocationId }) => (received ? [invocationId] : [])),
    ...[...state.ended.values()].flatMap(({ result, invocationId }) => (result ? [invocationId] : [])),
  ],
})

/** The outbox's view of a state that goes on changing. */
export const outboxView = (state: JournalState): OutboxView => ({
  unreceipted(after, limit) {
    const found: Unreceipted[] = []
    for (const [number, entry] of state.reports) if (number > after) found.push({ number, entry })
    for (const { number, result } of state.ended.values())
      if (result && number > after) found.push({ number, entry: result })
    return found.sort((a, b) => a.number - b.number).slice(0, limit)
  },
  withSpools: () => [...state.ended.values()].filter((ended) => ended.spools.length > 0),
  spoolsOf: (id) => state.ended.get(id)?.spools ?? [],
})
