import type { Clock } from '@muster/protocol/kit'
import type { AuditPort } from '#api/index.ts'
import type { Database, Reader, Tx } from '#db/index.ts'
import type { Keys } from '#keys/index.ts'
import type { Home } from '#kit/identity.ts'
import type { Ids } from '#kit/ids.ts'
import type { Log } from '#kit/logging.ts'
import type { Sealer } from '#kit/seal.ts'
import type { Tags } from '#tags/index.ts'

export interface ParametersDeps {
  readonly db: Database
  readonly home: Home
  readonly clock: Clock
  readonly ids: Ids
  readonly sealer: Pick<Sealer, 'mac'>
  readonly tags: Tags
  readonly keys: Pick<Keys, 'find' | 'seal' | 'openMany' | 'forget'>
  readonly audit: Pick<AuditPort, 'write'>
  readonly log: Pick<Log, 'info'>
  /** The tier of a new parameter that asks for none. */
  defaultTier(db: Reader): Promise<string>
  /** What hangs on a parameter elsewhere goes with it. */
  removed?(tx: Tx, arn: string): Promise<void>
}
