import { operation } from '#api/operation.ts'
import { mayTake } from '../hand-out.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { reach } from '../reach.ts'
import { removeMember } from '../store/groups.ts'
import { policiesOf } from '../store/held-policies.ts'
import { findUserByName } from '../store/users.ts'

/** Takes a user out of a group; out of one that denies something only by who may do everything. */
export const removeUserFromGroup = ({ home, changed, mayHandOut }: AccessOperationDeps) =>
  operation('RemoveUserFromGroup', {
    kind: 'write',
    access: { action: 'iam:RemoveUserFromGroup', resources: () => [], resolves: 'principals' },

    async handle(tx, { GroupName, UserName }, context) {
      const group = await reach(home, tx, 'group', GroupName, context)
      const user = await findUserByName(tx, UserName)
      if (!user) throw context.refuse('NoSuchEntity', `The user with name ${UserName} cannot be found.`)
      if (!(await removeMember(tx, group.id, user.id)))
        throw context.refuse('NoSuchEntity', `The user with name ${UserName} is not in the group ${GroupName}.`)
      await mayTake(mayHandOut, context, await policiesOf(tx, group.id))
      context.afterCommit(changed)
      return {}
    },
  })
