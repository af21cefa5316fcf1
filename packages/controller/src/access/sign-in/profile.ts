import type { LoginProfile } from '@muster/protocol/api'
import { mustHave } from '#access/hand-out.ts'
import { ownerOf } from '#access/owner.ts'
import type { Asking } from '#access/reach.ts'
import { policiesOf } from '#access/store/held-policies.ts'
import type { Login } from '#access/store/sign-ins.ts'
import type { User } from '#access/store/users.ts'
import { ApiError } from '#api/index.ts'
import type { Reader, Tx } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'
import type { SignInOperationDeps } from './deps.ts'
import { passwordProblem } from './password.ts'

/** The user whose password a call is about; root signs in with its keys only. */
export async function userOf(home: Home, db: Reader, userName: string | undefined, asking: Asking): Promise<User> {
  const { user } = await ownerOf(home, db, userName, asking)
  if (!user) throw new ApiError('ValidationException', 'Root has access keys and no password: name a user.')
  return user
}

/** Who sets another's password can act as that user, so it must have what that user may do. */
export async function mustOutrank(
  { mayHandOut }: Pick<SignInOperationDeps, 'mayHandOut'>,
  tx: Tx,
  user: User,
  asking: Asking,
): Promise<void> {
  if (user.id !== asking.caller.id || asking.caller.session?.policies)
    await mustHave(mayHandOut, asking, await policiesOf(tx, user.id))
}

export function checkPassword(password: string, user: User): void {
  const problem = passwordProblem(password, user.name)
  if (problem !== undefined) throw new ApiError('PasswordPolicyViolation', problem)
}

export const noProfile = (userName: string): ApiError =>
  new ApiError('NoSuchEntity', `Login Profile for User ${userName} cannot be found.`)

export const toProfile = ({ name }: User, login: Pick<Login, 'created_at' | 'reset_required'>): LoginProfile => ({
  ...{ UserName: name, CreateDate: login.created_at / 1000, PasswordResetRequired: login.reset_required === 1 },
})
