import type { DescribeInstanceInformationRequest } from '@muster/protocol/api'
import { operation } from '#api/operation.ts'
import { decodeToken, encodeToken, pageQuery } from '#kit/paging.ts'
import type { FleetDeps } from '../deps.ts'
import { type Condition, parseNodeFilter } from '../filter.ts'
import { informationKeys } from '../filter-keys.ts'
import { listNodes } from '../list-store.ts'
import { liveState } from '../live.ts'
import { toInstanceInformation } from '../wire.ts'

const PAGE = 50

/**
 * Lists registered nodes with what is known of them and whether they are connected.
 * @coverage no association status yet; Inactive is registered and never connected
 */
export const describeInstanceInformation = ({ sealer, tags, hub, enrolment }: FleetDeps) =>
  operation('DescribeInstanceInformation', {
    kind: 'read',
    access: { action: 'ssm:DescribeInstanceInformation', resources: () => ['*'] },

    async handle(db, input, { caller, refuse }) {
      const { InstanceInformationFilterList: old = [], Filters = [], NextToken } = input
      if (old.length > 0 && Filters.length > 0)
        throw refuse('ValidationException', 'Give InstanceInformationFilterList or Filters, not both.')
      const parsed = parseNodeFilter(informationKeys, conditionsOf(input))
      if (!parsed.ok && parsed.problem === 'key') throw refuse('InvalidFilterKey')
      if (!parsed.ok) throw refuse('InvalidInstanceInformationFilterValue', parsed.text)
      const scope = { principal: caller.id, query: pageQuery('DescribeInstanceInformation', input) }
      const after = NextToken === undefined ? 0 : decodeToken(sealer, scope, NextToken)
      if (typeof after !== 'number') throw refuse('InvalidNextToken', 'The token does not continue this list.')

      const limit = input.MaxResults ?? PAGE
      const found = await listNodes(db, tags, parsed.filter, { after, limit: limit + 1 })
      const shown = found.slice(0, limit)
      const last = found.length > limit ? shown.at(-1) : undefined
      const latest = enrolment?.objects.bundle.version
      return {
        InstanceInformationList: shown.map((node) => toInstanceInformation(node, liveState(hub, node), latest)),
        ...(last ? { NextToken: encodeToken(sealer, scope, last.key) } : {}),
      }
    },
  })

const conditionsOf = ({
  InstanceInformationFilterList,
  Filters,
}: DescribeInstanceInformationRequest): readonly Condition[] => [
  ...(InstanceInformationFilterList ?? []).map(({ key, valueSet }) => ({ key, values: valueSet })),
  ...(Filters ?? []).map(({ Key, Values }) => ({ key: Key, values: Values })),
]
