import type { TagCondition } from '#tags/index.ts'
import { isPlatformType, type PingStatus, type PlatformType } from './node.ts'

/** Which registered nodes to list; each given list is one that the node must be in. */
export interface NodeFilter {
  readonly ids?: readonly string[]
  readonly agentVersions?: readonly string[]
  readonly platformTypes?: readonly PlatformType[]
  readonly activationIds?: readonly string[]
  readonly roleNames?: readonly string[]
  readonly pingStatuses?: readonly PingStatus[]
  readonly tags: readonly TagCondition[]
  /** A condition that no node can meet, for instance ResourceType EC2Instance. */
  readonly nothing: boolean
}

export type FilterResult =
  | { readonly ok: true; readonly filter: NodeFilter }
  | { readonly ok: false; readonly problem: 'key' }
  | { readonly ok: false; readonly problem: 'value'; readonly text: string }

interface Condition {
  readonly key: string
  readonly values: readonly string[]
}

type Mutable = { -readonly [K in keyof NodeFilter]: NodeFilter[K] }

const NODE_ID = /^(i-(\w{8}|\w{17})|mi-\w{17})$/
const PING_STATUSES: readonly string[] = ['Online', 'ConnectionLost', 'Inactive'] satisfies PingStatus[]
const RESOURCE_TYPES = ['ManagedInstance', 'EC2Instance']
const SOURCE_TYPE = 'AWS::SSM::ManagedInstance'

interface Key {
  /** Whether a value can stand for this key at all. */
  readonly accepts?: (value: string) => boolean
  readonly apply: (filter: Mutable, values: readonly string[]) => void
}

const byId: Key = { accepts: (value) => NODE_ID.test(value), apply: (filter, values) => (filter.ids = values) }
const byPlatform: Key = {
  accepts: isPlatformType,
  apply: (filter, values) => (filter.platformTypes = values.filter(isPlatformType)),
}

const KEYS: ReadonlyMap<string, Key> = new Map<string, Key>([
  ['InstanceIds', byId],
  ['AgentVersion', { apply: (filter, values) => (filter.agentVersions = values) }],
  [
    'PingStatus',
    {
      accepts: (value) => PING_STATUSES.includes(value),
      apply: (filter, values) => (filter.pingStatuses = values as PingStatus[]),
    },
  ],
  ['PlatformTypes', byPlatform],
  ['PlatformType', byPlatform],
  ['ActivationIds', { apply: (filter, values) => (filter.activationIds = values) }],
  ['IamRole', { apply: (filter, values) => (filter.roleNames = values) }],
  [
    'ResourceType',
    {
      accepts: (value) => RESOURCE_TYPES.includes(value),
      apply: (filter, values) => (filter.nothing ||= !values.includes('ManagedInstance')),
    },
  ],
  // No association runs on any node, so no node has a status of one.
  ['AssociationStatus', { apply: (filter) => (filter.nothing = true) }],
  ['SourceTypes', { apply: (filter, values) => (filter.nothing ||= !values.includes(SOURCE_TYPE)) }],
  ['tag-key', { apply: (filter, values) => (filter.tags = [...filter.tags, { keys: values }]) }],
])

/** Reads the filters of DescribeInstanceInformation, in either of their two forms. */
export function parseNodeFilter(conditions: readonly Condition[]): FilterResult {
  const filter: Mutable = { tags: [], nothing: false }
  const seen = new Set<string>()
  for (const { key, values } of conditions) {
    if (seen.has(key)) return { ok: false, problem: 'key' }
    seen.add(key)
    if (key.startsWith('tag:') && key.length > 'tag:'.length) {
      filter.tags = [...filter.tags, { keys: [key.slice('tag:'.length)], values }]
      continue
    }
    const known = KEYS.get(key)
    if (!known) return { ok: false, problem: 'key' }
    const bad = values.find((value) => known.accepts?.(value) === false)
    if (bad !== undefined) return { ok: false, problem: 'value', text: `${bad} is not a value of the filter ${key}.` }
    known.apply(filter, values)
  }
  return { ok: true, filter }
}
