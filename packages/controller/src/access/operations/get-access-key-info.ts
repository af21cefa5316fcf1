import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { isSessionKey } from '../session-token.ts'
import { findKey } from '../store/credentials.ts'

/**
 * Says which account a key belongs to: this one, or the key is not known.
 * @coverage a key of another account is NoSuchEntity
 */
export const getAccessKeyInfo = ({ home, sealer }: AccessOperationDeps) =>
  operation('GetAccessKeyInfo', {
    kind: 'read',
    access: { action: 'sts:GetAccessKeyInfo', resources: () => ['*'] },

    async handle(db, { AccessKeyId }, { refuse }) {
      if (!isSessionKey(sealer, AccessKeyId) && !(await findKey(db, AccessKeyId)))
        throw refuse('NoSuchEntity', `The Access Key with id ${AccessKeyId} cannot be found.`)
      return { Account: home.accountId }
    },
  })
