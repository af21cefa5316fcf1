import { findLogin, putLogin } from '#access/store/sign-ins.ts'
import { operation } from '#api/index.ts'
import { toFlag } from '#db/index.ts'
import type { SignInOperationDeps } from '../deps.ts'
import { checkPassword, mustOutrank, toProfile, userOf } from '../profile.ts'
import { sealHash } from '../seals.ts'
import { hashed } from '../try-password.ts'

/** Gives a user a password. */
export const createLoginProfile = (deps: SignInOperationDeps) =>
  operation('CreateLoginProfile', {
    kind: 'write',
    access: { action: 'iam:CreateLoginProfile', resources: () => [], resolves: 'principals' },

    gather: (_db, { Password }) => hashed(deps, Password),

    async handle(tx, { UserName, Password, PasswordResetRequired = false }, context, hash) {
      const user = await userOf(deps.home, tx, UserName, context)
      await mustOutrank(deps, tx, user, context)
      if (await findLogin(tx, user.id))
        throw context.refuse('EntityAlreadyExists', `Login Profile for user ${user.name} already exists.`)
      checkPassword(Password, user)
      const login = {
        ...{ user_id: user.id, hash_sealed: sealHash(deps.sealer, user.id, hash) },
        ...{ reset_required: toFlag(PasswordResetRequired), created_at: context.at },
      }
      await putLogin(tx, login)
      return { LoginProfile: toProfile(user, login) }
    },
  })
