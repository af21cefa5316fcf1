import type { Clock } from '@muster/protocol/kit'
import type { Database } from '#db/index.ts'
import type { Failpoint } from '#kit/failpoint.ts'
import type { Ids } from '#kit/ids.ts'
import type { Log } from '#kit/logging.ts'
import type { Metrics } from '#kit/metrics.ts'
import type { Sealer } from '#kit/seal.ts'
import type { Sink } from './sinks.ts'

export interface AuditDeps {
  readonly db: Database
  readonly sealer: Sealer
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly metrics: Metrics
  readonly controllerId: string
  readonly failpoint?: Failpoint
  /** Where checkpoints go: fixed in the configuration. */
  readonly sinks?: readonly Sink[]
  /** From this age on of a checkpoint that a sink has not got, changes are refused; never when undefined. */
  readonly maxBehindMs?: number | undefined
}

export type ChainDeps = Pick<AuditDeps, 'db' | 'sealer' | 'clock' | 'ids' | 'log' | 'controllerId' | 'failpoint'>
