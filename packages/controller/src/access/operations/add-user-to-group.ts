import { operation } from '#api/operation.ts'
import { mustHave } from '../hand-out.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { MOST, overQuota } from '../quotas.ts'
import { reach } from '../reach.ts'
import { addMember, groupsOf } from '../store/groups.ts'
import { policiesOf } from '../store/held-policies.ts'
import { findUserByName } from '../store/users.ts'

/** Adds a user to a group; the caller must have what the group allows. */
export const addUserToGroup = ({ home, changed, mayHandOut }: AccessOperationDeps) =>
  operation('AddUserToGroup', {
    kind: 'write',
    access: { action: 'iam:AddUserToGroup', resources: () => [], resolves: 'principals' },

    async handle(tx, { GroupName, UserName }, context) {
      const group = await reach(home, tx, 'group', GroupName, context)
      const user = await findUserByName(tx, UserName)
      if (!user) throw context.refuse('NoSuchEntity', `The user with name ${UserName} cannot be found.`)
      const groups = await groupsOf(tx, user.id)
      if (groups.some(({ id }) => id === group.id)) return {}
      if (groups.length >= MOST.GroupsPerUser) throw overQuota('GroupsPerUser', MOST.GroupsPerUser)
      await mustHave(mayHandOut, context, await policiesOf(tx, group.id))
      await addMember(tx, group.id, user.id)
      context.afterCommit(changed)
      return {}
    },
  })
