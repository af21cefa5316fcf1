import type { Clock } from '@muster/protocol/kit'
import type { Database } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'
import type { Ids } from '#kit/ids.ts'
import type { Sealer } from '#kit/seal.ts'
import type { MayHandOut } from './hand-out.ts'

export interface AccessDeps {
  readonly db: Database
  readonly sealer: Sealer
  readonly ids: Ids
  readonly clock: Clock
  readonly home: Home
}

/** What the operations of this slice work with. */
export interface AccessOperationDeps extends Pick<AccessDeps, 'home' | 'ids' | 'sealer'> {
  /** Tells that principals, keys or policies are others now: what is remembered of them no longer holds. */
  readonly changed: () => void
  readonly mayHandOut: MayHandOut
}
