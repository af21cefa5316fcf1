/**
 * Signing in: passwords and one-time codes of users in, bearer tokens out that end when they are idle, old or revoked. Each
 * token is looked up anew, so that what is revoked here is over at every controller at once.
 */
import { findPrincipal } from '#access/find-principal.ts'
import { findSignIn, removeEndedSignIns, type SignIn, updateLastSeen } from '#access/store/sign-ins.ts'
import type { Operation, Principal } from '#api/index.ts'
import type { Sweep } from '#kit/sweep.ts'
import { createAttempts } from './attempts.ts'
import type { SignInDeps } from './deps.ts'
import { changePassword } from './operations/change-password.ts'
import { createLoginProfile } from './operations/create-login-profile.ts'
import { createVirtualMfaDevice } from './operations/create-virtual-mfa-device.ts'
import { deactivateMfaDevice } from './operations/deactivate-mfa-device.ts'
import { deleteLoginProfile } from './operations/delete-login-profile.ts'
import { deleteVirtualMfaDevice } from './operations/delete-virtual-mfa-device.ts'
import { enableMfaDevice } from './operations/enable-mfa-device.ts'
import { getLoginProfile } from './operations/get-login-profile.ts'
import { listMfaDevices } from './operations/list-mfa-devices.ts'
import { listSignIns } from './operations/list-sign-ins.ts'
import { revokeSignIns } from './operations/revoke-sign-ins.ts'
import { signIn } from './operations/sign-in.ts'
import { signOut } from './operations/sign-out.ts'
import { updateLoginProfile } from './operations/update-login-profile.ts'
import { createPasswords } from './password.ts'
import { isSignInToken, tokenMac } from './token.ts'

export type { SignInDeps } from './deps.ts'

export interface SignIns {
  readonly operations: readonly Operation[]
  readonly sweeps: readonly Sweep[]
  /** Whether a bearer token is of a sign-in, good or not. */
  owns(token: string): boolean
  /** Who is signed in with it; undefined when it has ended. */
  findBearer(token: string): Promise<Principal | undefined>
}

export const IDLE_MS = 30 * 60_000
const NOTE_MS = 30_000
/** It may change the password, which no policy is asked for, and nothing else. */
const NOTHING_ELSE = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
})

/** Wires signing in. */
export function createSignIns(deps: SignInDeps): SignIns {
  const { db, home, sealer, clock } = deps
  const parts = { ...deps, passwords: createPasswords(), attempts: createAttempts() }
  /** Uses that no row tells of yet. */
  const seen = new Map<string, number>()
  const isOver = (row: SignIn, at: number): boolean =>
    row.expires_at <= at || Math.max(row.last_seen_at, seen.get(row.id) ?? 0) <= at - IDLE_MS

  async function noteUses(): Promise<void> {
    const noted = new Map(seen)
    if (noted.size === 0) return
    await db.write((tx) => updateLastSeen(tx, noted))
    for (const [id, at] of noted) if (seen.get(id) === at) seen.delete(id)
  }

  return {
    operations: [
      signIn(parts),
      signOut(),
      listSignIns(parts),
      revokeSignIns(parts),
      createLoginProfile(parts),
      getLoginProfile(parts),
      updateLoginProfile(parts),
      deleteLoginProfile(parts),
      changePassword(parts),
      createVirtualMfaDevice(parts),
      deleteVirtualMfaDevice(parts),
      enableMfaDevice(parts),
      deactivateMfaDevice(parts),
      listMfaDevices(parts),
    ],
    sweeps: [
      { name: 'access: uses of sign-ins', every: NOTE_MS, run: noteUses },
      {
        name: 'access: ended sign-ins',
        every: '17 * * * *',
        async run() {
          await noteUses()
          await db.write((tx) => removeEndedSignIns(tx, clock.now(), clock.now() - IDLE_MS))
        },
      },
    ],
    owns: isSignInToken,
    async findBearer(token) {
      const at = clock.now()
      const row = await findSignIn(db.read, tokenMac(sealer, token))
      if (!row || isOver(row, at)) return undefined
      const principal = await findPrincipal(db.read, home, row.user_id)
      if (!principal) return undefined
      seen.set(row.id, at)
      return { ...principal, session: sessionOf(row) }
    },
  }
}

const sessionOf = (row: SignIn): NonNullable<Principal['session']> => ({
  ...{ issuedAt: row.created_at, roleIds: [], signInId: row.id, issuer: { userId: row.user_id } },
  ...(row.mfa_at === null ? {} : { mfaAt: row.mfa_at }),
  ...(row.only_password === 1 ? { policies: [NOTHING_ELSE] } : {}),
})
