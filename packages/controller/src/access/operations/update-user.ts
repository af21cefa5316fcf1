import { operation } from '#api/operation.ts'
import { accessArn } from '../arns.ts'
import { mustHave } from '../hand-out.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { checkFree } from '../quotas.ts'
import { permit, reach } from '../reach.ts'
import { policiesOf } from '../store/held-policies.ts'
import { fold } from '../store/named.ts'
import { updateUser as update } from '../store/users.ts'

/**
 * Gives a user another name or path, or shuts it out and lets it in again with `Disabled`. All its keys and sign-ins are
 * refused while it is disabled; to let it in, the caller must have what it may do.
 */
export const updateUser = ({ home, changed, mayHandOut }: AccessOperationDeps) =>
  operation('UpdateUser', {
    kind: 'write',
    access: { action: 'iam:UpdateUser', resources: () => [], resolves: 'principals' },

    async handle(tx, { UserName, NewUserName, NewPath, Disabled }, context) {
      const user = await reach(home, tx, 'user', UserName, context)
      const next = {
        ...user,
        name: NewUserName ?? user.name,
        path: NewPath ?? user.path,
        disabled: Disabled ?? user.disabled,
      }
      await permit(context, [accessArn(home, 'user', next)])
      if (fold(next.name) !== fold(user.name)) await checkFree(tx, 'user', next.name)
      if (user.disabled && !next.disabled) await mustHave(mayHandOut, context, await policiesOf(tx, user.id))
      await update(tx, next)
      context.afterCommit(changed)
      return {}
    },
  })
