import type { DescribeActivationsFilter } from '@muster/protocol/api'
import { operation } from '#api/operation.ts'
import { decodeToken, encodeToken, pageQuery } from '#kit/paging.ts'
import { type ActivationFilter, type ActivationPosition, listActivations } from '../activation-store.ts'
import type { FleetDeps } from '../deps.ts'
import { toActivation } from '../wire.ts'

const PAGE = 50
const MEMBERS = { ActivationIds: 'ids', DefaultInstanceName: 'defaultNames', IamRole: 'roleNames' } as const

/** Lists activations, oldest first; codes are never shown. */
export const describeActivations = ({ sealer }: FleetDeps) =>
  operation('DescribeActivations', {
    kind: 'read',
    access: { action: 'ssm:DescribeActivations', resources: () => ['*'] },

    async handle(db, input, { caller, at, refuse }) {
      const filter = parseFilter(input.Filters ?? [])
      if (typeof filter === 'string') throw refuse('InvalidFilter', filter)
      const scope = { principal: caller.id, query: pageQuery('DescribeActivations', input) }
      const after = input.NextToken === undefined ? undefined : decodeToken(sealer, scope, input.NextToken)
      if (input.NextToken !== undefined && after === undefined)
        throw refuse('InvalidNextToken', 'The token does not continue this list.')

      const limit = input.MaxResults ?? PAGE
      const page = { after: after as ActivationPosition | undefined, limit: limit + 1 }
      const found = await listActivations(db, filter, page)
      const shown = found.slice(0, limit)
      const last = found.length > limit ? shown.at(-1) : undefined
      return {
        ActivationList: shown.map((activation) => toActivation(activation, at)),
        ...(last ? { NextToken: encodeToken(sealer, scope, [last.createdAt, last.id]) } : {}),
      }
    },
  })

function parseFilter(filters: readonly DescribeActivationsFilter[]): ActivationFilter | string {
  const filter: { -readonly [K in keyof ActivationFilter]: ActivationFilter[K] } = {}
  for (const { FilterKey, FilterValues } of filters) {
    if (FilterKey === undefined) return 'A filter has no FilterKey.'
    if (FilterValues === undefined || FilterValues.length === 0) return `The filter ${FilterKey} has no FilterValues.`
    const member = MEMBERS[FilterKey]
    if (filter[member]) return `The filter ${FilterKey} is given twice.`
    filter[member] = FilterValues
  }
  return filter
}
