import { operation } from '#api/operation.ts'
import type { DocumentOperationDeps } from '../deps.ts'
import { countShares, putShares, removeShares } from '../share-store.ts'
import { findHead } from '../store.ts'

const MAX_SHARES = 1000

/**
 * Shares a document with accounts, or with all, and takes shares back; an account in both lists is taken out.
 * @coverage shares are kept and shown, and a shared document is not deleted; other accounts do not reach this controller, so a share gives nobody anything
 */
export const modifyDocumentPermission = ({ library }: DocumentOperationDeps) =>
  operation('ModifyDocumentPermission', {
    kind: 'write',
    access: { action: 'ssm:ModifyDocumentPermission', resources: ({ Name }) => [library.arn(Name)] },

    async handle(tx, input, { refuse }) {
      const { Name, SharedDocumentVersion: sharedVersion = '$DEFAULT' } = input
      if (library.builtins.has(Name))
        throw refuse('InvalidDocument', `The document ${Name} comes with Muster: everyone has it.`)
      if (!(await findHead(tx, Name))) throw refuse('InvalidDocument', `The document ${Name} does not exist.`)
      const removed = new Set((input.AccountIdsToRemove ?? []).map(toAccountId))
      const added = new Set((input.AccountIdsToAdd ?? []).map(toAccountId)).difference(removed)
      await putShares(
        tx,
        Name,
        [...added].map((accountId) => ({ accountId, sharedVersion })),
      )
      await removeShares(tx, Name, [...removed])
      if ((await countShares(tx, Name)) > MAX_SHARES)
        throw refuse('DocumentPermissionLimit', `A document is shared with at most ${MAX_SHARES} accounts.`)
      return {}
    },
  })

/** The model takes All and ALL for all. */
const toAccountId = (given: string): string => given.toLowerCase()
