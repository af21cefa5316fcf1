import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { pageOf } from '../pages.ts'
import { reach } from '../reach.ts'
import { membersOf } from '../store/groups.ts'
import { keyOfNamed, toBareUser, toUserGroup } from '../wire.ts'

/** Shows a group of users, with its members by name. */
export const getUserGroup = ({ home, sealer }: AccessOperationDeps) =>
  operation('GetUserGroup', {
    kind: 'read',
    access: { action: 'iam:GetGroup', resources: () => [], resolves: 'principals' },

    async handle(db, input, context) {
      const group = await reach(home, db, 'group', input.GroupName, context)
      const { items, rest } = await pageOf(sealer, 'GetUserGroup', input, context, {
        load: (after, limit) => membersOf(db, group.id, after, limit),
        keyOf: keyOfNamed,
      })
      return { Group: toUserGroup(home, group), Users: items.map((user) => toBareUser(home, user)), ...rest }
    },
  })
