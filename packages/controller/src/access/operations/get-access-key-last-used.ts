import { operation } from '#api/operation.ts'
import { accessArn } from '../arns.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { rootPrincipal } from '../principals.ts'
import { permit } from '../reach.ts'
import { findKey } from '../store/credentials.ts'
import { findUser } from '../store/users.ts'

/**
 * Says whose a key is and when it was last used, to the minute.
 * @coverage no ServiceName; Region is the controller's
 */
export const getAccessKeyLastUsed = ({ home }: AccessOperationDeps) =>
  operation('GetAccessKeyLastUsed', {
    kind: 'read',
    access: { action: 'iam:GetAccessKeyLastUsed', resources: () => [], resolves: 'principals' },

    async handle(db, { AccessKeyId }, context) {
      const key = await findKey(db, AccessKeyId)
      const user = key && (await findUser(db, key.principalId))
      await permit(context, [user ? accessArn(home, 'user', user) : rootPrincipal(home).arn])
      if (!key) throw context.refuse('NoSuchEntity', `The Access Key with id ${AccessKeyId} cannot be found.`)
      const used = key.lastUsedAt
      return {
        ...(user && { UserName: user.name }),
        AccessKeyLastUsed: {
          ...(used !== undefined && { LastUsedDate: used / 1000 }),
          ServiceName: 'N/A',
          Region: used === undefined ? 'N/A' : home.region,
        },
      }
    },
  })
