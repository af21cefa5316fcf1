import type { NodeAggregator, NodeAttributeName, NodeFilter as WireFilter } from '@muster/protocol/api'
import type { Home } from '#kit/identity.ts'
import type { Condition, TextField } from './filter.ts'
import { RESOURCE_TYPE, SOURCE_TYPE } from './filter-keys.ts'

/** The filters of ListNodes and ListNodesSummary. */
export const conditionsOf = (filters: readonly WireFilter[]): readonly Condition[] =>
  filters.map(({ Key, Values, Type }) => ({
    key: Key,
    // All is both of the others, and every node here is Managed.
    values: Key === 'ManagedStatus' && Values.includes('All') ? [...Values, 'Managed', 'Unmanaged'] : Values,
    operator: Type,
  }))

/** Where the value of an attribute is: in a column, or the same for every node. */
export type Attribute = { readonly field: TextField } | { readonly value: string }

const attributeOf = (home: Home, name: NodeAttributeName): Attribute => {
  switch (name) {
    case 'AgentVersion':
      return { field: 'agentVersion' }
    case 'PlatformName':
      return { field: 'platformName' }
    case 'PlatformType':
      return { field: 'platformType' }
    case 'PlatformVersion':
      return { field: 'platformVersion' }
    case 'Region':
      return { value: home.region }
    case 'ResourceType':
      return { value: RESOURCE_TYPE }
    case 'SourceType':
      return { value: SOURCE_TYPE }
    case 'AvailabilityZone':
      return { value: '' }
  }
}

/** One way to count nodes: by one attribute, or by each pair of two. */
export type Grouping = readonly { readonly name: NodeAttributeName; readonly at: Attribute }[]

const MOST = 2

/** The groupings that aggregators ask for, in order; or what is wrong with them. */
export function planGroupings(
  home: Home,
  aggregators: readonly NodeAggregator[],
  outer: Grouping = [],
): readonly Grouping[] | { readonly problem: string } {
  const groupings: Grouping[] = []
  for (const { AttributeName: name, Aggregators: inner = [] } of aggregators) {
    if (outer.some((grouping) => grouping.name === name)) return { problem: `${name} is aggregated by itself.` }
    if (outer.length === MOST) return { problem: `Aggregators are nested ${MOST} deep at most.` }
    const grouping = [...outer, { name, at: attributeOf(home, name) }]
    const planned = inner.length === 0 ? [grouping] : planGroupings(home, inner, grouping)
    if ('problem' in planned) return planned
    groupings.push(...planned)
  }
  return groupings
}
