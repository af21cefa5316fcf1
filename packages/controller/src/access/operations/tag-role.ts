import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { reach } from '../reach.ts'
import { updateRole } from '../store/roles.ts'
import { addTags } from '../tags.ts'

/** Gives a role tags, by which policies can tell it from others. */
export const tagRole = ({ home, changed }: AccessOperationDeps) =>
  operation('TagRole', {
    kind: 'write',
    access: { action: 'iam:TagRole', resources: () => [], resolves: 'principals' },

    async handle(tx, { RoleName: name, Tags }, context) {
      const role = await reach(home, tx, 'role', name, context)
      await updateRole(tx, { ...role, tags: addTags(role.tags, Tags) })
      context.afterCommit(changed)
      return {}
    },
  })
