import type { AccessDeps } from '#access/deps.ts'
import type { MayHandOut } from '#access/hand-out.ts'
import type { AuditPort } from '#api/index.ts'
import type { Attempts } from './attempts.ts'
import type { Passwords } from './password.ts'

export interface SignInDeps extends AccessDeps {
  readonly audit: AuditPort
  readonly mayHandOut: MayHandOut
}

/** What the operations of signing in work with. */
export interface SignInOperationDeps extends SignInDeps {
  readonly passwords: Passwords
  readonly attempts: Attempts
}
