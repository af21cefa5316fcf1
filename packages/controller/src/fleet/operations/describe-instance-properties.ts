import type { DescribeInstancePropertiesRequest } from '@muster/protocol/api'
import { operation } from '#api/operation.ts'
import { decodeToken, encodeToken, pageQuery } from '#kit/paging.ts'
import type { FleetDeps } from '../deps.ts'
import { type Condition, parseNodeFilter } from '../filter.ts'
import { propertyKeys } from '../filter-keys.ts'
import { listNodes } from '../list-store.ts'
import { liveState } from '../live.ts'
import { toInstanceProperty } from '../wire.ts'

const PAGE = 50
/** What a bad value of these keys is called; any other is a bad value of a filter. */
const CODES: Readonly<Record<string, 'InvalidInstanceId' | 'InvalidActivationId'>> = {
  InstanceIds: 'InvalidInstanceId',
  ActivationIds: 'InvalidActivationId',
}

/**
 * Lists registered nodes as DescribeInstanceInformation does, with operators in its filters.
 * @coverage LessThan and GreaterThan for AgentVersion; no associations yet, so no node meets DocumentName or AssociationStatus
 */
export const describeInstanceProperties = ({ sealer, tags, hub }: FleetDeps) =>
  operation('DescribeInstanceProperties', {
    kind: 'read',
    access: { action: 'ssm:DescribeInstanceProperties', resources: () => ['*'] },

    async handle(db, input, { caller, refuse }) {
      if (input.InstancePropertyFilterList && input.FiltersWithOperator)
        throw refuse('ValidationException', 'Give InstancePropertyFilterList or FiltersWithOperator, not both.')
      const parsed = parseNodeFilter(propertyKeys, conditionsOf(input))
      if (!parsed.ok && parsed.problem === 'key') throw refuse('InvalidFilterKey')
      if (!parsed.ok) throw refuse(CODES[parsed.key] ?? 'InvalidInstancePropertyFilterValue', parsed.text)
      const scope = { principal: caller.id, query: pageQuery('DescribeInstanceProperties', input) }
      const after = input.NextToken === undefined ? 0 : decodeToken(sealer, scope, input.NextToken)
      if (typeof after !== 'number') throw refuse('InvalidNextToken', 'The token does not continue this list.')

      const limit = input.MaxResults ?? PAGE
      const found = await listNodes(db, tags, parsed.filter, { after, limit: limit + 1 })
      const shown = found.slice(0, limit)
      const last = found.length > limit ? shown.at(-1) : undefined
      return {
        InstanceProperties: shown.map((node) => toInstanceProperty(node, liveState(hub, node))),
        ...(last ? { NextToken: encodeToken(sealer, scope, last.key) } : {}),
      }
    },
  })

const conditionsOf = ({
  InstancePropertyFilterList,
  FiltersWithOperator,
}: DescribeInstancePropertiesRequest): readonly Condition[] => [
  ...(InstancePropertyFilterList ?? []).map(({ key, valueSet }) => ({ key, values: valueSet })),
  ...(FiltersWithOperator ?? []).map(({ Key, Values, Operator }) => ({ key: Key, values: Values, operator: Operator })),
]
