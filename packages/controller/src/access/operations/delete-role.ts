import { operation } from '#api/operation.ts'
import { NODE_ROLE } from '../initialise.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { reach } from '../reach.ts'
import { attachedTo } from '../store/attachments.ts'
import { listInline } from '../store/inline-policies.ts'
import { removeRole } from '../store/roles.ts'

/** Removes a role that has no policies any more; its temporary credentials end with it. */
export const deleteRole = ({ home, changed }: AccessOperationDeps) =>
  operation('DeleteRole', {
    kind: 'write',
    access: { action: 'iam:DeleteRole', resources: () => [], resolves: 'principals' },

    async handle(tx, { RoleName }, context) {
      const { id } = await reach(home, tx, 'role', RoleName, context)
      if (RoleName === NODE_ROLE)
        throw context.refuse('UnmodifiableEntity', `The role ${NODE_ROLE} is every fleet's: it cannot be deleted.`)
      const conflict = (what: string) => context.refuse('DeleteConflict', `Cannot delete entity, must ${what} first.`)
      if ((await attachedTo(tx, id)).length > 0) throw conflict('detach all policies')
      if ((await listInline(tx, id)).length > 0) throw conflict('delete policies')
      await removeRole(tx, id)
      context.afterCommit(changed)
      return {}
    },
  })
