import { findLogin, removeLogin, removeSignIns } from '#access/store/sign-ins.ts'
import { operation } from '#api/index.ts'
import type { SignInOperationDeps } from '../deps.ts'
import { noProfile, userOf } from '../profile.ts'

/** Takes a user's password away and ends its sign-ins. */
export const deleteLoginProfile = ({ home }: SignInOperationDeps) =>
  operation('DeleteLoginProfile', {
    kind: 'write',
    access: { action: 'iam:DeleteLoginProfile', resources: () => [], resolves: 'principals' },

    async handle(tx, { UserName }, context) {
      const user = await userOf(home, tx, UserName, context)
      if (!(await findLogin(tx, user.id))) throw noProfile(user.name)
      await removeLogin(tx, user.id)
      await removeSignIns(tx, user.id)
      return {}
    },
  })
