import { findLogin } from '#access/store/sign-ins.ts'
import { operation } from '#api/index.ts'
import type { SignInOperationDeps } from '../deps.ts'
import { noProfile, toProfile, userOf } from '../profile.ts'

/** Shows whether a user has a password, and since when. */
export const getLoginProfile = ({ home }: SignInOperationDeps) =>
  operation('GetLoginProfile', {
    kind: 'read',
    access: { action: 'iam:GetLoginProfile', resources: () => [], resolves: 'principals' },

    async handle(db, { UserName }, context) {
      const user = await userOf(home, db, UserName, context)
      const login = await findLogin(db, user.id)
      if (!login) throw noProfile(user.name)
      return { LoginProfile: toProfile(user, login) }
    },
  })
