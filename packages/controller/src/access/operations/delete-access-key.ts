import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { ownerOf, reachKey } from '../owner.ts'
import { removeKey } from '../store/credentials.ts'

/** Removes a key; it and the temporary credentials got with it are refused from then on. */
export const deleteAccessKey = ({ home, changed }: AccessOperationDeps) =>
  operation('DeleteAccessKey', {
    kind: 'write',
    access: { action: 'iam:DeleteAccessKey', resources: () => [], resolves: 'principals' },

    async handle(tx, { UserName, AccessKeyId }, context) {
      const owner = await ownerOf(home, tx, UserName, context)
      const key = await reachKey(tx, owner, AccessKeyId)
      await removeKey(tx, key.id)
      context.afterCommit(changed)
      return {}
    },
  })
