import { commandStates, invocationStates } from '@muster/protocol/delivery'

/** What a list is narrowed to; members that are absent narrow nothing. */
export interface ListFilter {
  /** Requested later than this, ms. */
  readonly after?: number
  readonly before?: number
  /** An empty list selects nothing. */
  readonly states?: readonly string[]
  readonly terminal?: boolean
  readonly documentName?: string
}

export type FilterResult =
  | { readonly ok: true; readonly filter: ListFilter }
  | { readonly ok: false; readonly code: 'InvalidFilterKey' | 'ValidationException'; readonly text: string }

type Words = Readonly<Record<string, { readonly status: string; readonly statusDetails: string }>>

const STAGES: Readonly<Record<string, boolean>> = { Executing: false, Complete: true }

/** Reads the filters of ListCommands (`commands`) or ListCommandInvocations (`invocations`). */
export function parseListFilter(
  filters: readonly { readonly key: string; readonly value: string }[],
  of: 'commands' | 'invocations',
): FilterResult {
  let filter: ListFilter = {}
  const seen = new Set<string>()
  for (const { key, value } of filters) {
    if (seen.has(key)) return { ok: false, code: 'InvalidFilterKey', text: `The filter ${key} is given twice.` }
    seen.add(key)
    const part = readFilter(key, value, of)
    if (part === undefined) return { ok: false, code: 'InvalidFilterKey', text: `There is no filter ${key}.` }
    if (typeof part === 'string') return { ok: false, code: 'ValidationException', text: part }
    filter = { ...filter, ...part }
  }
  return { ok: true, filter }
}

function readFilter(key: string, value: string, of: 'commands' | 'invocations'): ListFilter | string | undefined {
  switch (key) {
    case 'InvokedAfter':
    case 'InvokedBefore': {
      const at = readTime(value)
      if (at === undefined) return `The value of ${key} must be a time such as 2026-11-24T00:00:00Z.`
      return key === 'InvokedAfter' ? { after: at } : { before: at }
    }
    case 'Status': {
      const states = statesOf(of === 'commands' ? commandStates : invocationStates, value)
      return states.length > 0 || UNUSED.has(value) ? { states } : `The value of Status must be a status of ${of}.`
    }
    case 'ExecutionStage': {
      const terminal = Object.hasOwn(STAGES, value) ? STAGES[value] : undefined
      return terminal === undefined ? 'The value of ExecutionStage must be Executing or Complete.' : { terminal }
    }
    case 'DocumentName':
      return { documentName: value }
    default:
      return undefined
  }
}

const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(?<zone>Z|[+-]\d\d:\d\d)?)?$/

/** Milliseconds; a time without a zone is in UTC, and what is no time of ISO 8601 is undefined. */
function readTime(value: string): number | undefined {
  const match = TIME.exec(value)
  const at = match ? Date.parse(match.groups?.['zone'] === undefined && match[1] ? `${value}Z` : value) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}

/** Words of SSM for states that nothing has here: they select nothing. */
const UNUSED: ReadonlySet<string> = new Set(['AccessDenied', 'LimitExceeded', 'RateExceeded'])

// Both of SSM's words for a state are in use as values of this filter.
const statesOf = (table: Words, value: string): string[] =>
  Object.entries(table)
    .filter(([, { status, statusDetails }]) => status === value || statusDetails === value)
    .map(([state]) => state)
