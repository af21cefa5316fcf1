import type { GivenConditions } from '#api/conditions.ts'
import type { OperationContext } from '#api/operation.ts'
import type { Reader } from '#db/index.ts'
import { NODE_TYPES } from '#groups/index.ts'
import type { GroupSource, NodeSource, TargetRequest, TargetSelection } from './deps.ts'

const GROUP_NAME = 'resource-groups:Name'
const GROUP_TYPES = 'resource-groups:ResourceTypeFilters'
const RADIUS = 'muster:target'
const RADIUS_PERCENT = 'muster:targetpercent/'
const TYPE = /^AWS::[A-Za-z0-9]+(::[A-Za-z0-9]+)?$/

interface GroupTarget {
  readonly names: readonly string[]
  /** Types of resources of the groups that are meant; all when absent. */
  readonly types?: readonly string[]
}

type TargetsPlan = { readonly plain: TargetRequest; readonly groups?: GroupTarget } | { readonly problem: string }

/** Takes the groups out of a request's targets; the rest is the fleet's. */
export function planGroups({ instanceIds, targets }: TargetRequest): TargetsPlan {
  const isGroup = (key: string): boolean => key === GROUP_NAME || key === GROUP_TYPES
  const plain = { instanceIds, targets: targets.filter(({ key }) => !isGroup(key)) }
  const twice = [GROUP_NAME, GROUP_TYPES].find((name) => targets.filter(({ key }) => key === name).length > 1)
  if (twice !== undefined) return { problem: `The target key ${twice} is given twice.` }
  const names = targets.find(({ key }) => key === GROUP_NAME)?.values
  const types = targets.find(({ key }) => key === GROUP_TYPES)?.values
  const valueless = names?.length === 0 ? GROUP_NAME : types?.length === 0 ? GROUP_TYPES : undefined
  if (valueless !== undefined) return { problem: `The target key ${valueless} has no values.` }
  if (names === undefined)
    return types === undefined ? { plain } : { problem: `${GROUP_TYPES} narrows a group: give ${GROUP_NAME} too.` }
  const strange = types?.find((type) => !TYPE.test(type))
  if (strange !== undefined) return { problem: `${strange} is not a type of resources, such as ${NODE_TYPES[1]}.` }
  return { plain, groups: { names, ...(types && { types }) } }
}

/** Resolves a request's targets at this moment: ids, tags and groups, all of which must hold. */
export async function selectTargets(
  db: Reader,
  { fleet, groups }: { readonly fleet: Pick<NodeSource, 'select'>; readonly groups: GroupSource },
  request: TargetRequest,
): Promise<TargetSelection> {
  const nothing = { known: [], unknown: [], named: false }
  const plan = planGroups(request)
  if ('problem' in plan) return { ...nothing, problem: plan.problem }
  if (plan.groups === undefined) return fleet.select(db, plan.plain)
  const { names, types } = plan.groups
  const found = await Promise.all(names.map((name) => groups.conditionsOf(db, name)))
  const missing = names.find((_, index) => found[index] === undefined)
  if (missing !== undefined) return { ...nothing, problem: `There is no group ${missing}.` }
  const isOfNodes = types === undefined || types.some((type) => NODE_TYPES.includes(type))
  if (!isOfNodes) return nothing
  return fleet.select(db, { ...plan.plain, anyOf: found.filter((conditions) => conditions !== undefined) })
}

/**
 * How far a command reaches, as condition keys: `muster:TargetCount`, the number of its nodes, and
 * `muster:TargetPercent/KEY`, the highest share of the nodes with one value of that tag. Worked out only for callers
 * whose policies ask for it.
 */
export async function radiusOf(
  db: Reader,
  { fleet }: { readonly fleet: Pick<NodeSource, 'tagShares'> },
  { known }: TargetSelection,
  { asks }: Pick<OperationContext<'SendCommand'>, 'asks'>,
): Promise<GivenConditions> {
  if (!asks(RADIUS)) return {}
  const radius: Record<string, string> = { 'muster:TargetCount': String(known.length) }
  if (!asks(RADIUS_PERCENT)) return radius
  const nodeIds = known.map(({ id }) => id)
  for (const [key, share] of await fleet.tagShares(db, nodeIds, (asked) => asks(RADIUS_PERCENT + asked)))
    radius[RADIUS_PERCENT + key] = String(share)
  return radius
}
