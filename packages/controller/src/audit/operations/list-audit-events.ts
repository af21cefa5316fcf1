import { operation } from '#api/index.ts'
import { decodeToken, encodeToken, pageQuery } from '#kit/paging.ts'
import type { AuditDeps } from '../deps.ts'
import { readTrail } from '../trail.ts'
import { toEvent } from '../wire.ts'

const PAGE = 50

/** Lists what was done and what was refused, newest first; a page may be short, or empty, and still have a token. */
export const listAuditEvents = ({ sealer }: Pick<AuditDeps, 'sealer'>) =>
  operation('ListAuditEvents', {
    kind: 'read',
    access: { action: 'audit:ListEvents', resources: () => ['*'] },

    async handle(db, input, { caller, refuse }) {
      const { StartTime, EndTime, NextToken } = input
      if (StartTime !== undefined && EndTime !== undefined && StartTime > EndTime)
        throw refuse('InvalidParameters', 'StartTime is later than EndTime.')
      const scope = { principal: caller.id, query: pageQuery('ListAuditEvents', input) }
      const start = NextToken === undefined ? undefined : decodeToken(sealer, scope, NextToken)
      if (NextToken !== undefined && typeof start !== 'number')
        throw refuse('InvalidNextToken', 'The token does not continue this list.')
      const query = {
        ...{ principalArn: input.PrincipalArn, operation: input.Operation, action: input.Action },
        ...{ resource: input.Resource, decision: input.Decision, result: input.Result, requestId: input.RequestId },
        from: StartTime === undefined ? undefined : Math.floor(StartTime * 1000),
        to: EndTime === undefined ? undefined : Math.floor(EndTime * 1000),
      }
      const page = await readTrail(db, query, { start: start as number | undefined, limit: input.MaxResults ?? PAGE })
      return {
        Events: page.rows.map(toEvent),
        ...(page.next === undefined ? {} : { NextToken: encodeToken(sealer, scope, page.next) }),
      }
    },
  })
