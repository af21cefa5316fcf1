import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { pageOf } from '../pages.ts'
import { listGroups as listPage } from '../store/groups.ts'
import { keyOfNamed, toUserGroup } from '../wire.ts'

/** Lists the groups of users whose path begins with a prefix, by name. */
export const listUserGroups = ({ home, sealer }: AccessOperationDeps) =>
  operation('ListUserGroups', {
    kind: 'read',
    access: {
      action: 'iam:ListGroups',
      resources: ({ PathPrefix = '/' }) => [`arn:aws:iam::${home.accountId}:group${PathPrefix}`],
    },

    async handle(db, input, context) {
      const { items, rest } = await pageOf(sealer, 'ListUserGroups', input, context, {
        load: (after, limit) => listPage(db, { pathPrefix: input.PathPrefix ?? '/', after, limit }),
        keyOf: keyOfNamed,
      })
      return { Groups: items.map((item) => toUserGroup(home, item)), ...rest }
    },
  })
