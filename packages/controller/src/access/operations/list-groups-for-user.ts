import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { pageOf, wholeList } from '../pages.ts'
import { reach } from '../reach.ts'
import { groupsOf } from '../store/groups.ts'
import { keyOfNamed, toUserGroup } from '../wire.ts'

/** Lists the groups that a user is in, by name. */
export const listGroupsForUser = ({ home, sealer }: AccessOperationDeps) =>
  operation('ListGroupsForUser', {
    kind: 'read',
    access: { action: 'iam:ListGroupsForUser', resources: () => [], resolves: 'principals' },

    async handle(db, input, context) {
      const { id } = await reach(home, db, 'user', input.UserName, context)
      const groups = await groupsOf(db, id)
      const source = wholeList(groups, keyOfNamed)
      const { items, rest } = await pageOf(sealer, 'ListGroupsForUser', input, context, source)
      return { Groups: items.map((group) => toUserGroup(home, group)), ...rest }
    },
  })
