import { operation } from '#api/operation.ts'
import { decodeToken, encodeToken, pageQuery } from '#kit/paging.ts'
import type { ParametersDeps } from '../deps.ts'
import { BY_PATH_KEYS, parseFilters } from '../filter.ts'
import { listParameters } from '../list-store.ts'
import { PATH_TEXT, parameterArn, readPath } from '../name.ts'
import { showValues } from '../values.ts'
import { toParameter } from '../wire.ts'

const PAGE = 10

/** Shows the parameters of a path, ten a page: who may read a path may read everything below it, as with the service. */
export const getParametersByPath = (deps: ParametersDeps) =>
  operation('GetParametersByPath', {
    kind: 'read',
    access: {
      action: 'ssm:GetParametersByPath',
      resources: ({ Path }) => [parameterArn(deps.home, readPath(Path) ?? Path)],
      conditions: ({ Recursive = false }) => ({ 'ssm:Recursive': String(Recursive) }),
    },
    secret: ({ WithDecryption }, { Parameters = [] }) =>
      WithDecryption === true && Parameters.some(({ Type }) => Type === 'SecureString'),

    async handle(db, input, context) {
      const { caller, refuse } = context
      const { NextToken, MaxResults: limit = PAGE, Recursive: recursive = false, ParameterFilters = [] } = input
      const path = readPath(input.Path)
      if (path === undefined) throw refuse('ValidationException', PATH_TEXT)
      const parsed = parseFilters(BY_PATH_KEYS, ParameterFilters)
      if (!parsed.ok) throw refuse(parsed.code, parsed.text)
      const scope = { principal: caller.id, query: pageQuery('GetParametersByPath', input) }
      const after = NextToken === undefined ? '' : decodeToken(deps.sealer, scope, NextToken)
      if (after === undefined) throw refuse('InvalidNextToken', 'The token does not continue this list.')
      const filter = { ...parsed.filter, places: [{ path, recursive }] }
      const found = await listParameters(db, deps.tags, filter, { after: after as string, limit: limit + 1 })
      const shown = found.slice(0, limit)
      const values = await showValues(db, deps, shown, input.WithDecryption, context)
      const selector = filter.label === undefined ? '' : `:${filter.label}`
      const last = found.length > limit ? shown.at(-1) : undefined
      return {
        Parameters: shown.map((version, index) => toParameter(deps.home, version, values[index] ?? '', selector)),
        ...(last && { NextToken: encodeToken(deps.sealer, scope, last.path) }),
      }
    },
  })
