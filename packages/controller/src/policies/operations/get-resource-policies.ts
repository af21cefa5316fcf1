import { operation } from '#api/operation.ts'
import { decodeToken, encodeToken, pageQuery } from '#kit/paging.ts'
import type { PoliciesDeps } from '../deps.ts'
import { requireResource } from '../resource.ts'
import { listPolicies } from '../store.ts'

const PAGE = 50

/** Lists the policies of a resource. */
export const getResourcePolicies = (deps: PoliciesDeps) =>
  operation('GetResourcePolicies', {
    kind: 'read',
    access: { action: 'ssm:GetResourcePolicies', resources: ({ ResourceArn }) => [ResourceArn] },

    async handle(db, input, { caller, refuse }) {
      const { ResourceArn, NextToken, MaxResults = PAGE } = input
      const invalid = (text: string, name: string) =>
        refuse('ResourcePolicyInvalidParameterException', text, { ParameterNames: [name] })
      await requireResource(db, deps, ResourceArn, refuse)
      const scope = { principal: caller.id, query: pageQuery('GetResourcePolicies', input) }
      const after = NextToken === undefined ? undefined : decodeToken(deps.sealer, scope, NextToken)
      if (NextToken !== undefined && typeof after !== 'string')
        throw invalid('The token does not continue this list.', 'NextToken')
      const found = await listPolicies(db, ResourceArn, { after: after as string | undefined, limit: MaxResults + 1 })
      const shown = found.slice(0, MaxResults)
      const last = found.length > MaxResults ? shown.at(-1) : undefined
      return {
        Policies: shown.map(({ id, hash, policy }) => ({ PolicyId: id, PolicyHash: hash, Policy: policy })),
        ...(last && { NextToken: encodeToken(deps.sealer, scope, last.id) }),
      }
    },
  })
