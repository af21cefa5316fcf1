import type { Entry, EntryOf, SpoolPlace } from './entry.ts'

/** An invocation that is not done with: its entries in order, and what they come to. */
export interface LiveInvocation {
  readonly invocationId: string
  readonly received: EntryOf<'received'> | undefined
  readonly cancelRequested: boolean
  readonly finished: readonly EntryOf<'finished'>[]
  /** The last start, unless its step is finished. */
  readonly starting: EntryOf<'starting'> | undefined
  readonly started: EntryOf<'started'> | undefined
  readonly rebootRequested: EntryOf<'reboot-requested'> | undefined
  /** It was in a segment that is damaged: what happened to it is not known. */
  readonly damaged: boolean
  /** Nothing more of it may be started: another machine may have run it. */
  readonly startRefused: boolean
  readonly log: readonly NumberedEntry[]
}

export interface NumberedEntry {
  readonly number: number
  readonly entry: Entry
}

/** A result that the controller has not yet receipted, or whose output it has not yet sealed. */
export interface EndedInvocation {
  readonly invocationId: string
  readonly number: number
  readonly forgetAt: number
  readonly spools: readonly SpoolPlace[]
  /** Undefined once receipted. */
  readonly result: EntryOf<'result'> | undefined
}

/** All that the journal says, in memory. */
export interface JournalState {
  readonly live: ReadonlyMap<string, LiveInvocation>
  readonly ended: ReadonlyMap<string, EndedInvocation>
  /** Ids only, with the time from when they may be forgotten. */
  readonly known: ReadonlyMap<string, number>
  /** Starts that the controller has not heard of. */
  readonly reports: ReadonlyMap<number, EntryOf<'started'>>
  readonly receiptedTo: number
}

/** A state that `applyEntry` may change. */
export interface MutableState extends JournalState {
  readonly live: Map<string, LiveInvocation>
  readonly ended: Map<string, EndedInvocation>
  readonly known: Map<string, number>
  readonly reports: Map<number, EntryOf<'started'>>
  receiptedTo: number
}

export const emptyState = (): MutableState => ({
  live: new Map(),
  ended: new Map(),
  known: new Map(),
  reports: new Map(),
  receiptedTo: 0,
})

/** The state after a list of entries; nothing else decides what a restarted agent knows. */
export function recoverState(entries: readonly NumberedEntry[]): MutableState {
  const state = emptyState()
  for (const { number, entry } of entries) applyEntry(state, number, entry)
  return state
}

/** Takes one entry in. Entries of an invocation that is over change nothing. */
export function applyEntry(state: MutableState, number: number, entry: Entry): void {
  switch (entry.kind) {
    case 'receipted':
      applyReceipt(state, entry.upTo)
      break
    case 'known':
      state.live.delete(entry.invocationId)
      state.known.set(entry.invocationId, entry.forgetAt)
      break
    case 'forgotten':
      applyForgotten(state, entry.invocationId)
      break
    case 'settled':
      state.live.delete(entry.invocationId)
      state.ended.set(entry.invocationId, { ...entry, number, result: undefined })
      break
    case 'result':
      applyResult(state, number, entry)
      break
    default:
      applyLive(state, number, entry)
  }
}

type LiveEntry = Exclude<Entry, { kind: 'receipted' | 'known' | 'forgotten' | 'settled' | 'result' }>

function applyLive(state: MutableState, number: number, entry: LiveEntry): void {
  const { invocationId } = entry
  if (state.ended.has(invocationId) || state.known.has(invocationId)) return
  const before = state.live.get(invocationId) ?? emptyInvocation(invocationId)
  const after = { ...advance(before, entry), log: [...before.log, { number, entry }] }
  state.live.set(invocationId, after)
  if (entry.kind === 'started' && number > state.receiptedTo) state.reports.set(number, entry)
}

function advance(invocation: LiveInvocation, entry: LiveEntry): LiveInvocation {
  switch (entry.kind) {
    case 'received':
      return { ...invocation, received: entry }
    case 'cancel-requested':
      return { ...invocation, cancelRequested: true }
    case 'starting':
      return { ...invocation, starting: entry, started: undefined, rebootRequested: undefined }
    case 'started':
      return { ...invocation, started: entry }
    case 'damaged':
      return { ...invocation, damaged: true }
    case 'start-refused':
      return { ...invocation, startRefused: true }
    case 'reboot-requested':
      return { ...invocation, rebootRequested: entry }
    case 'finished':
      return {
        ...invocation,
        finished: [...invocation.finished, entry],
        starting: undefined,
        started: undefined,
        rebootRequested: undefined,
      }
  }
}

const emptyInvocation = (invocationId: string): LiveInvocation => ({
  invocationId,
  received: undefined,
  cancelRequested: false,
  finished: [],
  starting: undefined,
  started: undefined,
  rebootRequested: undefined,
  damaged: false,
  startRefused: false,
  log: [],
})

function applyResult(state: MutableState, number: number, entry: EntryOf<'result'>): void {
  if (state.ended.has(entry.invocationId) || state.known.has(entry.invocationId)) return
  state.live.delete(entry.invocationId)
  const { invocationId, forgetAt, spools } = entry
  state.ended.set(invocationId, { invocationId, number, forgetAt, spools, result: entry })
  if (number <= state.receiptedTo) applyReceipt(state, state.receiptedTo)
}

function applyReceipt(state: MutableState, upTo: number): void {
  state.receiptedTo = Math.max(state.receiptedTo, upTo)
  for (const number of state.reports.keys()) if (number <= upTo) state.reports.delete(number)
  for (const ended of state.ended.values()) {
    if (ended.result === undefined || ended.number > upTo) continue
    if (ended.spools.length > 0) state.ended.set(ended.invocationId, { ...ended, result: undefined })
    else {
      state.ended.delete(ended.invocationId)
      state.known.set(ended.invocationId, ended.forgetAt)
    }
  }
}

function applyForgotten(state: MutableState, invocationId: string): void {
  const ended = state.ended.get(invocationId)
  if (ended === undefined) return
  if (ended.result) state.ended.set(invocationId, { ...ended, spools: [] })
  else {
    state.ended.delete(invocationId)
    state.known.set(invocationId, ended.forgetAt)
  }
}

/** The fewest entries that recover to the same state, without ids whose time is over. */
export function snapshotState(state: JournalState, now: number): NumberedEntry[] {
  const entries: NumberedEntry[] = [{ number: 0, entry: { kind: 'receipted', upTo: state.receiptedTo } }]
  for (const [invocationId, forgetAt] of state.known)
    if (forgetAt > now) entries.push({ number: 0, entry: { kind: 'known', invocationId, forgetAt } })
  for (const { invocationId, number, forgetAt, spools, result } of state.ended.values()) {
    entries.push({
      number,
      entry: result ? { ...result, spools } : { kind: 'settled', invocationId, forgetAt, spools },
    })
  }
  for (const { log } of state.live.values()) entries.push(...log)
  return entries
}
