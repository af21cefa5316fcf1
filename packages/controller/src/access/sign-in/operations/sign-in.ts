import { findPrincipal } from '#access/find-principal.ts'
import { findDevices, findLogin, insertSignIn, type Login, type MfaDevice, useStep } from '#access/store/sign-ins.ts'
import { findUserByName, type User } from '#access/store/users.ts'
import { type AuditEvent, operation, type Principal } from '#api/index.ts'
import { isSame } from '../compare.ts'
import type { SignInOperationDeps } from '../deps.ts'
import { openHash, openSeed } from '../seals.ts'
import { newToken, tokenMac } from '../token.ts'
import { findStep } from '../totp.ts'
import { beginTry, isRight } from '../try-password.ts'

const ABSOLUTE_MS = 12 * 3_600_000
const NOBODY = 'nobody'
const REFUSED = 'The user name, the password or the code is not right.'

/**
 * Signs a user in: name, password, and a one-time code where the user has a device. What is not right is never told, and
 * takes the same time. A read for the pipeline, since no transaction may be held while a password is hashed.
 */
export const signIn = (deps: SignInOperationDeps) =>
  operation('SignIn', {
    kind: 'read',
    open: true,
    access: { action: 'muster:SignIn', resources: () => [] },

    async handle(db, { UserName, Password, MFACode }, { caller, at, requestId, refuse }) {
      const { sealer, ids, home, attempts, audit } = deps
      const { source } = caller
      beginTry(deps, { account: UserName, source, at })
      const user = await findUserByName(db, UserName)
      const login = await findLogin(db, user?.id ?? NOBODY)
      const devices = await findDevices(db, user?.id ?? NOBODY)
      const right = await isRight(deps, Password, login && openHash(sealer, login.user_id, login.hash_sealed))
      const code = findCode(deps, devices, MFACode ?? '', at)
      const principal = user && (await findPrincipal(db, home, user.id))
      const tell = (by: Principal, more: Pick<AuditEvent, 'decision' | 'result' | 'why'>): AuditEvent => ({
        ...{ at, requestId, caller: { ...by, source }, operation: 'SignIn', action: 'muster:SignIn' },
        ...{ resources: [principal?.arn ?? '*'], ...more },
      })
      const refused = async (why: string) => {
        attempts.failed(at)
        await audit.note(tell(caller, { decision: 'Denied', result: 'SignInRefused', why }))
        return refuse('SignInRefused', REFUSED)
      }

      const problem = problemOf({ user, login, right, devices, code, isOpen: principal !== undefined })
      if (problem !== undefined || !login || !principal) throw await refused(problem ?? 'UnknownUser')
      const token = newToken(ids)
      const row = {
        ...{ id: ids.uuid(), token_mac: tokenMac(sealer, token), user_id: principal.id, source },
        ...{ created_at: at, last_seen_at: at, expires_at: at + ABSOLUTE_MS, mfa_at: code ? at : null },
        only_password: login.reset_required,
      }
      const isIn = await deps.db.write(async (tx) => {
        // The password may have been changed, or the code used, while this one was hashed.
        const now = await findLogin(tx, principal.id)
        if (!now || !isSame(now.hash_sealed, login.hash_sealed)) return false
        if (code && !(await useStep(tx, code.serial, code.step))) return false
        await insertSignIn(tx, row)
        const session = { issuedAt: at, roleIds: [], signInId: row.id }
        await audit.write(tx, tell({ ...principal, session }, { decision: 'Allowed', result: 'OK' }))
        return true
      })
      if (!isIn) throw await refused('UsedMeanwhile')
      attempts.succeeded(UserName, source)
      return {
        ...{ Token: token, SignInId: row.id, UserName: user.name, ExpirationDate: row.expires_at / 1000 },
        ...{ MFAPresent: code !== undefined, PasswordResetRequired: login.reset_required === 1 },
      }
    },
  })

interface Found {
  readonly user: User | undefined
  readonly login: Login | undefined
  readonly right: boolean
  readonly devices: readonly MfaDevice[]
  readonly code: { readonly serial: string; readonly step: number } | undefined
  readonly isOpen: boolean
}

/** Why it is refused, for the audit trail alone. */
function problemOf({ user, login, right, devices, code, isOpen }: Found): string | undefined {
  if (!user) return 'UnknownUser'
  if (!login) return 'NoPassword'
  if (!isOpen) return 'Disabled'
  if (!right) return 'WrongPassword'
  return devices.length > 0 && !code ? 'WrongCode' : undefined
}

function findCode(
  { sealer }: Pick<SignInOperationDeps, 'sealer'>,
  devices: readonly MfaDevice[],
  code: string,
  at: number,
) {
  for (const { serial, seed_sealed, last_step } of devices) {
    const step = findStep(openSeed(sealer, serial, seed_sealed), code, at, last_step)
    if (step !== undefined) return { serial, step }
  }
  return undefined
}
