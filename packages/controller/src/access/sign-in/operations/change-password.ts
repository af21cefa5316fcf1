import { findLogin, freeSignIn, putLogin, removeSignIns } from '#access/store/sign-ins.ts'
import { findUser } from '#access/store/users.ts'
import { operation } from '#api/index.ts'
import { isSame } from '../compare.ts'
import type { SignInOperationDeps } from '../deps.ts'
import { checkPassword, noProfile } from '../profile.ts'
import { openHash, sealHash } from '../seals.ts'
import { beginTry, hashed, isRight } from '../try-password.ts'

const WRONG = 'The old password is not right.'

/**
 * A user changes its own password, which no policy has to allow since it needs the old one; its other sign-ins end. A read
 * for the pipeline, since no transaction may be held while a password is hashed, and since a wrong one is written down.
 */
export const changePassword = (deps: SignInOperationDeps) =>
  operation('ChangePassword', {
    kind: 'read',
    access: { action: 'iam:ChangePassword', resources: () => [] },

    async handle(db, { OldPassword, NewPassword }, { caller, at, requestId, refuse }) {
      const { sealer, attempts, audit } = deps
      const user = caller.kind === 'user' ? await findUser(db, caller.id) : undefined
      if (!user) throw refuse('InvalidUserType', 'Only users have passwords.')
      const login = await findLogin(db, user.id)
      if (!login) throw noProfile(user.name)
      const told = {
        at,
        requestId,
        caller,
        operation: 'ChangePassword',
        action: 'iam:ChangePassword',
        resources: [caller.arn],
      }
      beginTry(deps, { account: user.name, source: caller.source, at })
      if (!(await isRight(deps, OldPassword, openHash(sealer, user.id, login.hash_sealed)))) {
        attempts.failed(at)
        await audit.note({ ...told, decision: 'Denied', result: 'SignInRefused', why: 'WrongPassword' })
        throw refuse('SignInRefused', WRONG)
      }
      attempts.succeeded(user.name, caller.source)
      checkPassword(NewPassword, user)
      if (OldPassword === NewPassword)
        throw refuse('PasswordPolicyViolation', 'Password should be another one than before.')
      const hash_sealed = sealHash(sealer, user.id, await hashed(deps, NewPassword))
      const signInId = caller.session?.signInId
      const isChanged = await deps.db.write(async (tx) => {
        const now = await findLogin(tx, user.id)
        if (!now || !isSame(now.hash_sealed, login.hash_sealed)) return false
        await putLogin(tx, { ...login, hash_sealed, reset_required: 0 })
        await removeSignIns(tx, user.id, { but: signInId })
        if (signInId !== undefined) await freeSignIn(tx, signInId)
        await audit.write(tx, { ...told, decision: 'Allowed', result: 'OK' })
        return true
      })
      if (!isChanged) throw refuse('SignInRefused', WRONG)
      return {}
    },
  })
