import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { reach } from '../reach.ts'
import { attachedTo } from '../store/attachments.ts'
import { membersOf, removeGroup } from '../store/groups.ts'
import { listInline } from '../store/inline-policies.ts'

/** Removes a group that has no members and no policies any more. */
export const deleteUserGroup = ({ home }: AccessOperationDeps) =>
  operation('DeleteUserGroup', {
    kind: 'write',
    access: { action: 'iam:DeleteGroup', resources: () => [], resolves: 'principals' },

    async handle(tx, { GroupName }, context) {
      const { id } = await reach(home, tx, 'group', GroupName, context)
      const conflict = (what: string) => context.refuse('DeleteConflict', `Cannot delete entity, must ${what} first.`)
      if ((await membersOf(tx, id, '', 1)).length > 0) throw conflict('remove users from group')
      if ((await attachedTo(tx, id)).length > 0) throw conflict('detach all policies')
      if ((await listInline(tx, id)).length > 0) throw conflict('delete policies')
      await removeGroup(tx, id)
      return {}
    },
  })
