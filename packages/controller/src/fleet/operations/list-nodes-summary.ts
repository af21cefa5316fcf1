import { operation } from '#api/operation.ts'
import type { Reader } from '#db/index.ts'
import { decodeToken, encodeToken, pageQuery } from '#kit/paging.ts'
import type { FleetDeps } from '../deps.ts'
import { type NodeFilter, parseNodeFilter } from '../filter.ts'
import { nodeKeys } from '../filter-keys.ts'
import { countNodesBy } from '../list-store.ts'
import { conditionsOf, type Grouping, planGroupings } from '../node-filters.ts'

const PAGE = 50

/**
 * Counts registered nodes by attributes.
 * @coverage aggregators nest two deep, which is what a summary has room for; no SyncName yet
 */
export const listNodesSummary = ({ home, sealer, tags }: FleetDeps) =>
  operation('ListNodesSummary', {
    kind: 'read',
    access: { action: 'ssm:ListNodesSummary', resources: () => ['*'] },

    async handle(db, input, { caller, refuse }) {
      const { SyncName, Filters = [], NextToken } = input
      if (SyncName !== undefined)
        throw refuse('ResourceDataSyncNotFoundException', `There is no resource data sync ${SyncName}.`, { SyncName })
      const parsed = parseNodeFilter(nodeKeys(home), conditionsOf(Filters))
      if (!parsed.ok) throw refuse('InvalidFilter', parsed.text)
      const groupings = planGroupings(home, input.Aggregators)
      if ('problem' in groupings) throw refuse('InvalidAggregatorException', groupings.problem)
      const scope = { principal: caller.id, query: pageQuery('ListNodesSummary', input) }
      const shownBefore = NextToken === undefined ? 0 : decodeToken(sealer, scope, NextToken)
      if (typeof shownBefore !== 'number') throw refuse('InvalidNextToken', 'The token does not continue this list.')

      const all: Record<string, string>[] = []
      for (const grouping of groupings) all.push(...(await summarise(db, tags, parsed.filter, grouping)))
      const end = shownBefore + (input.MaxResults ?? PAGE)
      return {
        Summary: all.slice(shownBefore, end),
        ...(all.length > end ? { NextToken: encodeToken(sealer, scope, end) } : {}),
      }
    },
  })

async function summarise(
  db: Reader,
  tags: FleetDeps['tags'],
  filter: NodeFilter,
  grouping: Grouping,
): Promise<Record<string, string>[]> {
  const fields = grouping.flatMap(({ at }) => ('field' in at ? [at.field] : []))
  const rows = await countNodesBy(db, tags, filter, fields)
  return rows.map(({ values, count }) => {
    const left = [...values]
    const pairs = grouping.map(({ name, at }) => [name, 'value' in at ? at.value : (left.shift() ?? '')])
    return { ...Object.fromEntries(pairs), Count: String(count) }
  })
}
