import type { TagCondition } from '#tags/index.ts'
import type { PingStatus } from './node.ts'

export type Operator = 'Equal' | 'NotEqual' | 'BeginWith' | 'LessThan' | 'GreaterThan'

/** What a node says as text, and lists are narrowed and sorted by. */
export type TextField =
  | 'id'
  | 'name'
  | 'computerName'
  | 'ipAddress'
  | 'platformType'
  | 'platformName'
  | 'platformVersion'
  | 'architecture'
  | 'agentVersion'
  | 'activationId'
  | 'roleName'
  | 'policyMode'
export type TimeField = 'registeredAt' | 'lastContactAt'

export type FieldCondition =
  | { readonly field: TextField; readonly operator: Operator; readonly values: readonly string[] }
  | { readonly field: TimeField; readonly operator: 'LessThan' | 'GreaterThan'; readonly at: number }

/** Which registered nodes to list: all of it must hold. */
export interface NodeFilter {
  readonly fields: readonly FieldCondition[]
  readonly pingStatuses?: readonly PingStatus[]
  readonly tags: readonly TagCondition[]
  /** Nodes that meet one of these are left out. */
  readonly withoutTags: readonly TagCondition[]
  /** A condition that no node can meet, for instance ResourceType EC2Instance. */
  readonly nothing: boolean
}

/** What a key of a filter stands for. */
export type NodeKey = { readonly accepts?: (value: string) => boolean } & (
  | { readonly kind: 'text'; readonly field: TextField; readonly isVersion?: boolean }
  | { readonly kind: 'time'; readonly field: TimeField }
  /** Each state of the link, in the words of this list. */
  | { readonly kind: 'ping'; readonly words: Readonly<Record<PingStatus, string>> }
  /** The same for every node; undefined where no node has it. */
  | { readonly kind: 'constant'; readonly value: string | undefined }
)
export type NodeKeys = ReadonlyMap<string, NodeKey>

export interface Condition {
  readonly key: string
  readonly operator?: Operator | undefined
  readonly values: readonly string[]
}

export type FilterResult =
  | { readonly ok: true; readonly filter: NodeFilter }
  | { readonly ok: false; readonly problem: 'key' | 'value'; readonly key: string; readonly text: string }

const TAG = 'tag:'
const EVERYTHING: NodeFilter = { fields: [], tags: [], withoutTags: [], nothing: false }

/** Reads the conditions of a list by the keys that it has; `tag:KEY` and `tag-key` are keys of every list. */
export function parseNodeFilter(keys: NodeKeys, conditions: readonly Condition[]): FilterResult {
  let filter = EVERYTHING
  const seen = new Set<string>()
  for (const { key, operator = 'Equal', values } of conditions) {
    if (seen.has(key)) return { ok: false, problem: 'key', key, text: `The filter ${key} is given twice.` }
    seen.add(key)
    const known = keys.get(key)
    const tags = known ? undefined : tagCondition(key, values)
    if (!known && !tags) return { ok: false, problem: 'key', key, text: `There is no filter ${key}.` }
    const bad = operator === 'BeginWith' ? undefined : values.find((value) => known?.accepts?.(value) === false)
    if (bad !== undefined)
      return { ok: false, problem: 'value', key, text: `${bad} is not a value of the filter ${key}.` }
    const next = known ? narrow(filter, known, operator, values) : tags && narrowByTags(filter, operator, tags)
    if (!next)
      return { ok: false, problem: 'value', key, text: `The filter ${key} cannot be asked with ${operator} ${values}.` }
    filter = next
  }
  return { ok: true, filter }
}

function tagCondition(key: string, values: readonly string[]): TagCondition | undefined {
  if (key === 'tag-key') return { keys: values }
  return key.startsWith(TAG) && key.length > TAG.length ? { keys: [key.slice(TAG.length)], values } : undefined
}

function narrowByTags(filter: NodeFilter, operator: Operator, tags: TagCondition): NodeFilter | undefined {
  if (operator === 'Equal') return { ...filter, tags: [...filter.tags, tags] }
  return operator === 'NotEqual' ? { ...filter, withoutTags: [...filter.withoutTags, tags] } : undefined
}

/** Undefined when the key cannot be asked in this manner. */
function narrow(
  filter: NodeFilter,
  key: NodeKey,
  operator: Operator,
  values: readonly string[],
): NodeFilter | undefined {
  const isOrder = operator === 'LessThan' || operator === 'GreaterThan'
  const [first = '', ...more] = values
  switch (key.kind) {
    case 'text':
      if (isOrder && (!key.isVersion || more.length > 0)) return undefined
      return { ...filter, fields: [...filter.fields, { field: key.field, operator, values }] }
    case 'time': {
      const at = Date.parse(first)
      if (!isOrder || more.length > 0 || Number.isNaN(at)) return undefined
      return { ...filter, fields: [...filter.fields, { field: key.field, operator, at }] }
    }
    case 'ping': {
      if (isOrder) return undefined
      const states = Object.keys(key.words) as PingStatus[]
      return { ...filter, pingStatuses: states.filter((state) => meets(key.words[state], operator, values)) }
    }
    case 'constant':
      return isOrder ? undefined : { ...filter, nothing: filter.nothing || !meets(key.value, operator, values) }
  }
}

function meets(value: string | undefined, operator: Operator, values: readonly string[]): boolean {
  if (value === undefined) return operator === 'NotEqual'
  if (operator === 'BeginWith') return values.some((prefix) => value.startsWith(prefix))
  return values.includes(value) === (operator === 'Equal')
}
