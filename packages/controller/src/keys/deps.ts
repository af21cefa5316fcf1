import type { Clock } from '@muster/protocol/kit'
import type { AuditPort } from '#api/index.ts'
import type { Database } from '#db/index.ts'
import type { Failpoint } from '#kit/failpoint.ts'
import type { Home } from '#kit/identity.ts'
import type { Ids } from '#kit/ids.ts'
import type { Log } from '#kit/logging.ts'
import type { Sealer } from '#kit/seal.ts'
import type { Tags } from '#tags/index.ts'
import type { Materials } from './materials.ts'

export interface KeysDeps {
  readonly db: Database
  readonly home: Home
  readonly clock: Clock
  readonly ids: Ids
  /** Seals the material of keys. */
  readonly sealer: Sealer
  readonly audit: AuditPort
  readonly tags: Tags
  readonly log: Log
  readonly failpoint: Failpoint
}

/** What the operations of this slice work with. */
export interface KeyOperationDeps extends KeysDeps {
  readonly materials: Materials
}
