import { commandStates, invocationStates } from '@muster/protocol/delivery'
import type { QueryCondition } from '#kit/query.ts'

type Words = Readonly<Record<string, { readonly status: string; readonly statusDetails: string }>>

/** What a key of a query stands for; columns are named with their table. */
export type Key =
  | { readonly kind: 'text'; readonly column: string; readonly sorts?: boolean; readonly counts?: boolean }
  | { readonly kind: 'number' | 'time'; readonly column: string }
  /** Both of SSM's words for a state are keys. */
  | {
      readonly kind: 'state'
      readonly column: string
      readonly words: Words
      readonly word: 'status' | 'statusDetails'
    }
  /** A node by its public id. */
  | { readonly kind: 'node'; readonly column: string }
export type Keys = ReadonlyMap<string, Key>

/** A condition on one column. */
export type ColumnCondition =
  | {
      readonly kind: 'in'
      readonly column: string
      readonly values: readonly (string | number)[]
      readonly not: boolean
    }
  | { readonly kind: 'begin'; readonly column: string; readonly prefixes: readonly string[] }
  | { readonly kind: 'order'; readonly column: string; readonly operator: '<' | '>'; readonly value: number }

const state = (table: string, words: Words): [string, Key][] => [
  ['Status', { kind: 'state', column: `${table}.state`, words, word: 'status' }],
  ['StatusDetails', { kind: 'state', column: `${table}.state`, words, word: 'statusDetails' }],
]
const document: [string, Key] = [
  'DocumentName',
  { kind: 'text', column: 'command.document_name', sorts: true, counts: true },
]
const requester: [string, Key] = [
  'RequestedBy',
  { kind: 'text', column: 'command.principal_arn', sorts: true, counts: true },
]

export const commandKeys: Keys = new Map<string, Key>([
  ['CommandId', { kind: 'text', column: 'command.id' }],
  ...state('command', commandStates),
  document,
  ['Comment', { kind: 'text', column: 'command.comment' }],
  requester,
  ['RequestedDateTime', { kind: 'time', column: 'command.requested_at' }],
  ['EndedDateTime', { kind: 'time', column: 'command.ended_at' }],
  ['TargetCount', { kind: 'number', column: 'command.target_count' }],
  ['CompletedCount', { kind: 'number', column: 'command.completed_count' }],
  ['ErrorCount', { kind: 'number', column: 'command.error_count' }],
])

export const invocationKeys: Keys = new Map<string, Key>([
  ['CommandId', { kind: 'text', column: 'command.id' }],
  ['InstanceId', { kind: 'node', column: 'command_invocation.node_key' }],
  ...state('command_invocation', invocationStates),
  document,
  requester,
  ['Reason', { kind: 'text', column: 'command_invocation.reason', counts: true }],
  ['RequestedDateTime', { kind: 'time', column: 'command_invocation.requested_at' }],
  ['StartedDateTime', { kind: 'time', column: 'command_invocation.started_at' }],
  ['EndedDateTime', { kind: 'time', column: 'command_invocation.ended_at' }],
])

export type Read =
  | {
      readonly conditions: readonly ColumnCondition[]
      readonly nodes: readonly { readonly column: string; readonly ids: readonly string[] }[]
    }
  | { readonly problem: string }

/** Reads the conditions of a query; nodes are left as ids, which only the store can turn into keys. */
export function readConditions(keys: Keys, given: readonly QueryCondition[]): Read {
  const conditions: ColumnCondition[] = []
  const nodes: { column: string; ids: readonly string[] }[] = []
  const seen = new Set<string>()
  for (const condition of given) {
    const { key: name, operator = 'Equal', values } = condition
    if (seen.has(name)) return { problem: `The filter ${name} is given twice.` }
    seen.add(name)
    const key = keys.get(name)
    if (!key) return { problem: `There is no filter ${name}.` }
    if (key.kind === 'node' && operator === 'Equal') nodes.push({ column: key.column, ids: values })
    else {
      const read = readCondition(key, operator, values)
      if (!read) return { problem: `The filter ${name} cannot be asked with ${operator} ${values}.` }
      conditions.push(read)
    }
  }
  return { conditions, nodes }
}

function readCondition(
  key: Key,
  operator: NonNullable<QueryCondition['operator']>,
  values: readonly string[],
): ColumnCondition | undefined {
  const { column } = key
  switch (key.kind) {
    case 'text':
      if (operator === 'BeginWith') return { kind: 'begin', column, prefixes: values }
      return isEqual(operator) ? { kind: 'in', column, values, not: operator === 'NotEqual' } : undefined
    case 'state': {
      if (!isEqual(operator)) return undefined
      const states = Object.entries(key.words).filter(([, words]) => values.includes(words[key.word]))
      return { kind: 'in', column, values: states.map(([name]) => name), not: operator === 'NotEqual' }
    }
    case 'number':
    case 'time': {
      const [first = '', ...more] = values
      const value = key.kind === 'time' ? Date.parse(first) : /^\d{1,15}$/.test(first) ? Number(first) : Number.NaN
      if (more.length > 0 || Number.isNaN(value) || (operator !== 'LessThan' && operator !== 'GreaterThan'))
        return undefined
      return { kind: 'order', column, operator: operator === 'LessThan' ? '<' : '>', value }
    }
    case 'node':
      return undefined
  }
}

const isEqual = (operator: string): boolean => operator === 'Equal' || operator === 'NotEqual'

/** States in the order in which a person wants to see them: what failed, what runs, what waits, what is well. */
export function statesByUrgency(words: Words): readonly string[] {
  const urgency = ['Failed', 'TimedOut', 'Cancelling', 'InProgress', 'Delayed', 'Pending', 'Cancelled', 'Success']
  return Object.keys(words).sort(
    (a, b) => urgency.indexOf(words[a]?.status ?? '') - urgency.indexOf(words[b]?.status ?? ''),
  )
}
