import type { Clock } from '@muster/protocol/kit'
import type { Database } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'
import type { Ids } from '#kit/ids.ts'
import type { Sealer } from '#kit/seal.ts'

export interface AccessDeps {
  readonly db: Database
  readonly sealer: Sealer
  readonly ids: Ids
  readonly clock: Clock
  readonly home: Home
}
