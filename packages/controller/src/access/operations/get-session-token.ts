import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { sealSession } from '../session-token.ts'
import { issuerOf } from '../sessions.ts'
import { toCredentials } from '../wire.ts'

const USER_SECONDS = 43_200
const ROOT_SECONDS = 3600

/**
 * Gives a user, or root, temporary credentials of its own, which may do what it may do.
 * @coverage no MFA device: refused with the reason
 */
export const getSessionToken = (deps: AccessOperationDeps) =>
  operation('GetSessionToken', {
    kind: 'read',
    access: { action: 'sts:GetSessionToken', resources: () => [] },
    secret: () => true,

    async handle(_db, { SerialNumber, TokenCode, DurationSeconds }, { caller, at, refuse }) {
      if (SerialNumber !== undefined || TokenCode !== undefined)
        throw refuse(
          'ValidationException',
          'Session tokens are given without an MFA device here: leave SerialNumber and TokenCode out.',
        )
      if (caller.session || (caller.kind !== 'user' && caller.kind !== 'root'))
        throw refuse('AccessDeniedException', 'Cannot call GetSessionToken with session credentials')
      const isRoot = caller.kind === 'root'
      const wanted = DurationSeconds ?? USER_SECONDS
      const seconds = isRoot ? Math.min(wanted, ROOT_SECONDS) : wanted
      const credentials = sealSession(deps, {
        of: isRoot ? { kind: 'root' } : { kind: 'user', userId: caller.id },
        issuedAt: at,
        expiresAt: at + seconds * 1000,
        issuer: issuerOf(caller),
        roleIds: [],
      })
      return { Credentials: toCredentials(credentials) }
    },
  })
