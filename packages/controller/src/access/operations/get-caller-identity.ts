import { operation } from '#api/operation.ts'

/** Says who calls; nobody needs a permission for that. */
export const getCallerIdentity = () =>
  operation('GetCallerIdentity', {
    kind: 'read',
    access: { action: 'sts:GetCallerIdentity', resources: () => [] },

    async handle(_db, _input, { caller }) {
      return { UserId: caller.id, Account: caller.accountId, Arn: caller.arn }
    },
  })
