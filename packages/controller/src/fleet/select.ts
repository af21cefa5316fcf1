import type { Database, Reader } from '#db/index.ts'
import type { TagCondition, Tags } from '#tags/index.ts'
import { type SelectedNode, selectNodes } from './store.ts'

export interface Target {
  readonly key: string
  readonly values: readonly string[]
}

export interface TargetRequest {
  readonly instanceIds?: readonly string[] | undefined
  readonly targets?: readonly Target[] | undefined
  /** Sets of tag conditions, as groups have them: a node must meet all of at least one set. */
  readonly anyOf?: readonly (readonly TagCondition[])[] | undefined
}

/** What a request's targets come to at this moment. */
export interface Selection {
  /** Registered nodes, by key. */
  readonly known: readonly SelectedNode[]
  /** Ids that were named and are no registered node, in the order of the request. */
  readonly unknown: readonly string[]
  /** Nodes were named one by one, not selected by a tag. */
  readonly named: boolean
  /** Set when the request cannot be understood; nothing is selected then. */
  readonly problem?: string
}

const NOTHING: Selection = { known: [], unknown: [], named: false }
const TAG = 'tag:'
const TAG_KEY = 'tag-key'

/** Resolves targets: conditions all hold, any of a condition's values; no condition selects nothing. */
export async function selectTargets(
  db: Reader,
  { tags, dialect }: { readonly tags: Tags; readonly dialect: Database['dialect'] },
  { instanceIds = [], targets = [], anyOf }: TargetRequest,
): Promise<Selection> {
  if (instanceIds.length > 0 && (targets.length > 0 || anyOf !== undefined))
    return { ...NOTHING, problem: 'Give InstanceIds or Targets, not both.' }
  const plan = planTargets(instanceIds, targets)
  if ('problem' in plan) return { ...NOTHING, problem: plan.problem }
  const { ids, conditions } = plan
  if (ids === undefined && conditions.length === 0 && anyOf === undefined) return NOTHING

  const known = await selectNodes(db, tags, dialect, { ...(ids ? { ids } : {}), tags: conditions, anyOf })
  if (ids === undefined) return { known, unknown: [], named: false }
  const named = conditions.length === 0 && anyOf === undefined
  const registered = named ? known : await selectNodes(db, tags, dialect, { ids, tags: [] })
  const found = new Set(registered.map(({ id }) => id))
  return { known, unknown: ids.filter((id) => !found.has(id)), named }
}

type Plan =
  | { readonly ids: readonly string[] | undefined; readonly conditions: readonly TagCondition[] }
  | { readonly problem: string }

/** Reads the targets of a request; pure. */
export function planTargets(instanceIds: readonly string[], targets: readonly Target[]): Plan {
  let ids: readonly string[] | undefined = instanceIds.length > 0 ? [...new Set(instanceIds)] : undefined
  const conditions: TagCondition[] = []
  const seen = new Set<string>()
  for (const { key, values } of targets) {
    if (seen.has(key)) return { problem: `The target key ${key} is given twice.` }
    seen.add(key)
    if (values.length === 0) return { problem: `The target key ${key} has no values.` }
    if (key.toLowerCase() === 'instanceids') ids = [...new Set(values)]
    else if (key === TAG_KEY) conditions.push({ keys: values })
    else if (key.startsWith(TAG) && key.length > TAG.length) conditions.push({ keys: [key.slice(TAG.length)], values })
    else return { problem: `The target key ${key} is not supported: use InstanceIds, tag:KEY or tag-key.` }
  }
  return { ids, conditions }
}
