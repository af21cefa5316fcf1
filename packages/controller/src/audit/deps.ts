import type { Clock } from '@muster/protocol/kit'
import type { Database } from '#db/index.ts'
import type { Sealer } from '#kit/seal.ts'

export interface AuditDeps {
  readonly db: Database
  readonly sealer: Sealer
  readonly clock: Clock
}
