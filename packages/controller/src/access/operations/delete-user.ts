import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { reach } from '../reach.ts'
import { attachedTo } from '../store/attachments.ts'
import { listKeys } from '../store/credentials.ts'
import { groupsOf } from '../store/groups.ts'
import { listInline } from '../store/inline-policies.ts'
import { findDevices, findLogin } from '../store/sign-ins.ts'
import { removeUser } from '../store/users.ts'

/** Removes a user who has no keys, no policies and no groups any more; its temporary credentials end with it. */
export const deleteUser = ({ home, changed }: AccessOperationDeps) =>
  operation('DeleteUser', {
    kind: 'write',
    access: { action: 'iam:DeleteUser', resources: () => [], resolves: 'principals' },

    async handle(tx, { UserName }, context) {
      const { id } = await reach(home, tx, 'user', UserName, context)
      const conflict = (what: string) => context.refuse('DeleteConflict', `Cannot delete entity, must ${what} first.`)
      if (await findLogin(tx, id)) throw conflict('delete login profile')
      if ((await findDevices(tx, id)).length > 0) throw conflict('deactivate MFA devices')
      if ((await listKeys(tx, id)).length > 0) throw conflict('delete access keys')
      if ((await attachedTo(tx, id)).length > 0) throw conflict('detach all policies')
      if ((await listInline(tx, id)).length > 0) throw conflict('delete policies')
      if ((await groupsOf(tx, id)).length > 0) throw conflict('remove users from group')
      await removeUser(tx, id)
      context.afterCommit(changed)
      return {}
    },
  })
