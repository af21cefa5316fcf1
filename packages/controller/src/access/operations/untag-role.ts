import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { reach } from '../reach.ts'
import { updateRole } from '../store/roles.ts'
import { removeTags } from '../tags.ts'

/** Takes tags of a role away. */
export const untagRole = ({ home, changed }: AccessOperationDeps) =>
  operation('UntagRole', {
    kind: 'write',
    access: { action: 'iam:UntagRole', resources: () => [], resolves: 'principals' },

    async handle(tx, { RoleName: name, TagKeys }, context) {
      const role = await reach(home, tx, 'role', name, context)
      await updateRole(tx, { ...role, tags: removeTags(role.tags, TagKeys) })
      context.afterCommit(changed)
      return {}
    },
  })
