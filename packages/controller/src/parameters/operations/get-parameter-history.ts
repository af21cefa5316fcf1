import { operation } from '#api/operation.ts'
import { decodeToken, encodeToken, pageQuery } from '#kit/paging.ts'
import type { ParametersDeps } from '../deps.ts'
import { labelsOf } from '../label.ts'
import { findLabels } from '../label-store.ts'
import { lookUpOne } from '../lookup.ts'
import { foreignText, referenceArn } from '../name.ts'
import { listVersions } from '../store.ts'
import { showValues } from '../values.ts'
import { toHistory } from '../wire.ts'

const PAGE = 50

/** Lists the versions of a parameter from the oldest, each with its labels. */
export const getParameterHistory = (deps: ParametersDeps) =>
  operation('GetParameterHistory', {
    kind: 'read',
    access: { action: 'ssm:GetParameterHistory', resources: ({ Name }) => [referenceArn(deps.home, Name)] },
    secret: ({ WithDecryption }, { Parameters = [] }) =>
      WithDecryption === true && Parameters.some(({ Type }) => Type === 'SecureString'),

    async handle(db, input, context) {
      const { caller, refuse } = context
      const { Name, WithDecryption, NextToken, MaxResults: limit = PAGE } = input
      const scope = { principal: caller.id, query: pageQuery('GetParameterHistory', input) }
      const after = NextToken === undefined ? 0 : decodeToken(deps.sealer, scope, NextToken)
      if (after === undefined) throw refuse('InvalidNextToken', 'The token does not continue this list.')
      const found = await lookUpOne(db, deps.home, Name)
      if (found.kind === 'foreign') throw refuse('ValidationException', foreignText(Name))
      if (found.kind !== 'found' || found.reference.selector) throw refuse('ParameterNotFound')
      const { path } = found.version
      const read = await listVersions(db, path, after as number, limit + 1)
      const shown = read.slice(0, limit)
      const labels = await findLabels(db, path)
      const values = await showValues(db, deps, shown, WithDecryption, context)
      const last = read.length > limit ? shown.at(-1) : undefined
      return {
        Parameters: shown.map((version, index) =>
          toHistory(version, values[index] ?? '', labelsOf(labels, version.version)),
        ),
        ...(last && { NextToken: encodeToken(deps.sealer, scope, last.version) }),
      }
    },
  })
