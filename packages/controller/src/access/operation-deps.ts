import type { AccessDeps } from './deps.ts'
import type { MayHandOut } from './hand-out.ts'

/** What the operations of this slice work with. */
export interface AccessOperationDeps extends Pick<AccessDeps, 'home' | 'ids' | 'sealer'> {
  /** Tells that principals, keys or policies are others now: what is remembered of them no longer holds. */
  readonly changed: () => void
  readonly mayHandOut: MayHandOut
}
