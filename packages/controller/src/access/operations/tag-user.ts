import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { reach } from '../reach.ts'
import { updateUser } from '../store/users.ts'
import { addTags } from '../tags.ts'

/** Gives a user tags, by which policies can tell it from others. */
export const tagUser = ({ home, changed }: AccessOperationDeps) =>
  operation('TagUser', {
    kind: 'write',
    access: { action: 'iam:TagUser', resources: () => [], resolves: 'principals' },

    async handle(tx, { UserName: name, Tags }, context) {
      const user = await reach(home, tx, 'user', name, context)
      await updateUser(tx, { ...user, tags: addTags(user.tags, Tags) })
      context.afterCommit(changed)
      return {}
    },
  })
