import { operation } from '#api/operation.ts'
import { decodeToken, encodeToken, pageQuery } from '#kit/paging.ts'
import type { GroupsDeps } from '../deps.ts'
import { listGroups as listPage } from '../store.ts'
import { toIdentifier } from '../wire.ts'

const PAGE = 50

/** Lists groups by name. */
export const listGroups = ({ home, sealer }: GroupsDeps) =>
  operation('ListGroups', {
    kind: 'read',
    access: { action: 'resource-groups:ListGroups', resources: () => ['*'] },

    async handle(db, input, { caller, refuse }) {
      const scope = { principal: caller.id, query: pageQuery('ListGroups', input) }
      const after = input.NextToken === undefined ? undefined : decodeToken(sealer, scope, input.NextToken)
      if (input.NextToken !== undefined && after === undefined)
        throw refuse('BadRequestException', 'The token does not continue this list.')
      const limit = input.MaxResults ?? PAGE
      const found = await listPage(db, after as string | undefined, limit + 1)
      const shown = found.slice(0, limit)
      const last = found.length > limit ? shown.at(-1) : undefined
      return {
        GroupIdentifiers: shown.map((group) => toIdentifier(home, group)),
        ...(last && { NextToken: encodeToken(sealer, scope, last.name) }),
      }
    },
  })
