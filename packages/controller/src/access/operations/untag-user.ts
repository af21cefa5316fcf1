import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { reach } from '../reach.ts'
import { updateUser } from '../store/users.ts'
import { removeTags } from '../tags.ts'

/** Takes tags of a user away. */
export const untagUser = ({ home, changed }: AccessOperationDeps) =>
  operation('UntagUser', {
    kind: 'write',
    access: { action: 'iam:UntagUser', resources: () => [], resolves: 'principals' },

    async handle(tx, { UserName: name, TagKeys }, context) {
      const user = await reach(home, tx, 'user', name, context)
      await updateUser(tx, { ...user, tags: removeTags(user.tags, TagKeys) })
      context.afterCommit(changed)
      return {}
    },
  })
