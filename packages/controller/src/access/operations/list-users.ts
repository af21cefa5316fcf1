import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { pageOf } from '../pages.ts'
import { listUsers as listPage } from '../store/users.ts'
import { keyOfNamed, toUser } from '../wire.ts'

/** Lists the users whose path begins with a prefix, by name. */
export const listUsers = ({ home, sealer }: AccessOperationDeps) =>
  operation('ListUsers', {
    kind: 'read',
    access: {
      action: 'iam:ListUsers',
      resources: ({ PathPrefix = '/' }) => [`arn:aws:iam::${home.accountId}:user${PathPrefix}`],
    },

    async handle(db, input, context) {
      const { items, rest } = await pageOf(sealer, 'ListUsers', input, context, {
        load: (after, limit) => listPage(db, { pathPrefix: input.PathPrefix ?? '/', after, limit }),
        keyOf: keyOfNamed,
      })
      return { Users: items.map((item) => toUser(home, item)), ...rest }
    },
  })
