import type { QueriedNode } from '@muster/protocol/api'
import type { Reader } from '#db/index.ts'
import { type Facet, type Query, type QueryAnswer, toFacet } from '#kit/query.ts'
import { toTagList } from '#tags/index.ts'
import type { FleetDeps } from './deps.ts'
import { type NodeFilter, type NodeKey, type NodeKeys, parseNodeFilter } from './filter.ts'
import { queryKeys } from './filter-keys.ts'
import { countNodesBy, countNodesByPing, type NodeOrder, sliceNodes } from './list-store.ts'
import { liveState } from './live.ts'
import { toInstanceInformation } from './wire.ts'

/** Registered nodes for QueryResources: filtered, sorted and counted by what their items show. */
export async function queryNodes(
  db: Reader,
  { home, tags, hub, enrolment }: Pick<FleetDeps, 'home' | 'tags' | 'hub' | 'enrolment'>,
  query: Query,
): Promise<QueryAnswer<QueriedNode>> {
  const keys = queryKeys(home)
  const parsed = parseNodeFilter(keys, query.conditions)
  if (!parsed.ok) return { problem: 'filter', text: parsed.text }
  const order = orderOf(keys, query)
  if (order === undefined) return { problem: 'sort', text: `Nodes cannot be sorted by ${query.sort?.key}.` }
  const unknown = query.facets.find((key) => !isFacet(keys.get(key)))
  if (unknown !== undefined) return { problem: 'facets', text: `Nodes cannot be counted by ${unknown}.` }

  const { filter } = parsed
  const [all] = await countNodesBy(db, tags, filter, [])
  const nodes = await sliceNodes(db, tags, filter, { order, offset: query.offset, limit: query.limit })
  const tagsOf = await tags.listOf(
    db,
    'ManagedInstance',
    nodes.map(({ id }) => id),
  )
  const facets: Facet[] = []
  for (const key of query.facets) facets.push(await countFacet(db, tags, filter, key, keys.get(key)))
  const latest = enrolment?.objects.bundle.version
  const items = nodes.map((node) => ({
    ...toInstanceInformation(node, liveState(hub, node), latest),
    Architecture: node.host.architecture,
    PolicyMode: node.policyMode,
    Tags: toTagList(tagsOf.get(node.id) ?? []),
  }))
  return { items, total: all?.count ?? 0, facets }
}

function orderOf(keys: NodeKeys, { sort }: Query): NodeOrder | undefined {
  if (!sort) return { by: [], descending: false }
  const key = keys.get(sort.key)
  const { descending } = sort
  if (key?.kind === 'text' || key?.kind === 'time') return { by: [key.field], descending }
  return key?.kind === 'ping' ? { by: ['connected', 'lastContactAt'], descending } : undefined
}

const isFacet = (key: NodeKey | undefined): boolean => key?.kind === 'text' || key?.kind === 'ping'

async function countFacet(
  db: Reader,
  tags: FleetDeps['tags'],
  filter: NodeFilter,
  name: string,
  key: NodeKey | undefined,
): Promise<Facet> {
  if (key?.kind === 'text') {
    const rows = await countNodesBy(db, tags, filter, [key.field])
    return toFacet(
      name,
      rows.map(({ values: [value = ''], count }) => ({ value, count })),
    )
  }
  const words = key?.kind === 'ping' ? key.words : undefined
  const rows = words ? await countNodesByPing(db, tags, filter) : []
  return toFacet(
    name,
    rows.map(({ status, count }) => ({ value: words?.[status] ?? status, count })),
  )
}
