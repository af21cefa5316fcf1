import { findLogin, putLogin, removeSignIns } from '#access/store/sign-ins.ts'
import { operation } from '#api/index.ts'
import { toFlag } from '#db/index.ts'
import type { SignInOperationDeps } from '../deps.ts'
import { checkPassword, mustOutrank, noProfile, userOf } from '../profile.ts'
import { sealHash } from '../seals.ts'
import { hashed } from '../try-password.ts'

/** Sets a user's password anew, or has the user change it; a new password ends all sign-ins of that user. */
export const updateLoginProfile = (deps: SignInOperationDeps) =>
  operation('UpdateLoginProfile', {
    kind: 'write',
    access: { action: 'iam:UpdateLoginProfile', resources: () => [], resolves: 'principals' },

    gather: async (_db, { Password }) => (Password === undefined ? undefined : hashed(deps, Password)),

    async handle(tx, { UserName, Password, PasswordResetRequired }, context, hash) {
      const user = await userOf(deps.home, tx, UserName, context)
      await mustOutrank(deps, tx, user, context)
      const login = await findLogin(tx, user.id)
      if (!login) throw noProfile(user.name)
      const change = PasswordResetRequired === undefined ? {} : { reset_required: toFlag(PasswordResetRequired) }
      if (Password === undefined || hash === undefined) {
        await putLogin(tx, { ...login, ...change })
        return {}
      }
      checkPassword(Password, user)
      const hash_sealed = sealHash(deps.sealer, user.id, hash)
      await putLogin(tx, { ...login, ...change, hash_sealed })
      await removeSignIns(tx, user.id)
      return {}
    },
  })
