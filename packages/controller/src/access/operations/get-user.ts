import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { ownerOf } from '../owner.ts'
import { toUser } from '../wire.ts'

/** Shows a user; the one who asks when none is named. */
export const getUser = ({ home }: AccessOperationDeps) =>
  operation('GetUser', {
    kind: 'read',
    access: { action: 'iam:GetUser', resources: () => [], resolves: 'principals' },

    async handle(db, { UserName }, context) {
      const owner = await ownerOf(home, db, UserName, context)
      if (owner.user) return { User: toUser(home, owner.user) }
      const { id, arn } = context.caller
      return { User: { Path: '/', UserName: 'root', UserId: id, Arn: arn, CreateDate: 0 } }
    },
  })
