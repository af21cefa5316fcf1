import type { DescribeParametersRequest } from '@muster/protocol/api'
import { operation } from '#api/operation.ts'
import { decodeToken, encodeToken, pageQuery } from '#kit/paging.ts'
import type { ParametersDeps } from '../deps.ts'
import { DESCRIBE_KEYS, type GivenFilter, parseFilters } from '../filter.ts'
import { listParameters } from '../list-store.ts'
import { toMetadata } from '../wire.ts'

const PAGE = 50

/**
 * Lists parameters by name, without their values.
 * @coverage all filters; with Shared the list is empty, since nothing is shared between accounts
 */
export const describeParameters = ({ home, sealer, tags }: ParametersDeps) =>
  operation('DescribeParameters', {
    kind: 'read',
    access: { action: 'ssm:DescribeParameters', resources: () => ['*'] },

    async handle(db, input, { caller, refuse }) {
      const { NextToken, MaxResults: limit = PAGE } = input
      if (input.Filters?.length && input.ParameterFilters?.length)
        throw refuse('ValidationException', 'You can use either Filters or ParameterFilters in a single request.')
      const parsed = parseFilters(DESCRIBE_KEYS, filtersOf(input))
      if (!parsed.ok) throw refuse(parsed.code, parsed.text)
      const scope = { principal: caller.id, query: pageQuery('DescribeParameters', input) }
      const after = NextToken === undefined ? '' : decodeToken(sealer, scope, NextToken)
      if (after === undefined) throw refuse('InvalidNextToken', 'The token does not continue this list.')
      if (input.Shared) return { Parameters: [] }
      const found = await listParameters(db, tags, parsed.filter, { after: after as string, limit: limit + 1 })
      const shown = found.slice(0, limit)
      const last = found.length > limit ? shown.at(-1) : undefined
      return {
        Parameters: shown.map((version) => toMetadata(home, version)),
        ...(last && { NextToken: encodeToken(sealer, scope, last.path) }),
      }
    },
  })

const filtersOf = ({ Filters = [], ParameterFilters = [] }: DescribeParametersRequest): readonly GivenFilter[] => [
  ...Filters,
  ...ParameterFilters,
]
