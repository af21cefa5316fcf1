import { operation } from '#api/operation.ts'
import { decodeToken, encodeToken, pageQuery } from '#kit/paging.ts'
import type { DocumentOperationDeps } from '../deps.ts'
import { listShares } from '../share-store.ts'
import { findHead } from '../store.ts'

/** The answer has room for no more accounts, whatever MaxResults says. */
const MOST = 20

/** Lists whom a document is shared with, by account. */
export const describeDocumentPermission = ({ library, sealer }: DocumentOperationDeps) =>
  operation('DescribeDocumentPermission', {
    kind: 'read',
    access: { action: 'ssm:DescribeDocumentPermission', resources: ({ Name }) => [library.arn(Name)] },

    async handle(db, input, { caller, refuse }) {
      const { Name, NextToken } = input
      if (library.builtins.has(Name))
        throw refuse('InvalidDocumentOperation', `The document ${Name} comes with Muster: everyone has it.`)
      if (!(await findHead(db, Name))) throw refuse('InvalidDocument', `The document ${Name} does not exist.`)
      const scope = { principal: caller.id, query: pageQuery('DescribeDocumentPermission', input) }
      const after = NextToken === undefined ? '' : decodeToken(sealer, scope, NextToken)
      if (typeof after !== 'string') throw refuse('InvalidNextToken', 'The token does not continue this list.')

      const limit = Math.min(input.MaxResults ?? MOST, MOST)
      const shares = await listShares(db, Name, { after, limit: limit + 1 })
      const shown = shares.slice(0, limit)
      const last = shares.length > limit ? shown.at(-1) : undefined
      return {
        AccountIds: shown.map(({ accountId }) => accountId),
        AccountSharingInfoList: shown.map(({ accountId, sharedVersion }) => ({
          AccountId: accountId,
          SharedDocumentVersion: sharedVersion,
        })),
        ...(last ? { NextToken: encodeToken(sealer, scope, last.accountId) } : {}),
      }
    },
  })
