import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { pageOf } from '../pages.ts'
import { listRoles as listPage } from '../store/roles.ts'
import { keyOfNamed, toRole } from '../wire.ts'

/** Lists the roles whose path begins with a prefix, by name. */
export const listRoles = ({ home, sealer }: AccessOperationDeps) =>
  operation('ListRoles', {
    kind: 'read',
    access: {
      action: 'iam:ListRoles',
      resources: ({ PathPrefix = '/' }) => [`arn:aws:iam::${home.accountId}:role${PathPrefix}`],
    },

    async handle(db, input, context) {
      const { items, rest } = await pageOf(sealer, 'ListRoles', input, context, {
        load: (after, limit) => listPage(db, { pathPrefix: input.PathPrefix ?? '/', after, limit }),
        keyOf: keyOfNamed,
      })
      return { Roles: items.map((item) => toRole(home, item)), ...rest }
    },
  })
