import type { Conditions } from '@muster/protocol/iam'
import type { Clock } from '@muster/protocol/kit'
import type { Database, Tx } from '#db/index.ts'
import type { Caller, Home } from '#kit/identity.ts'
import type { Ids } from '#kit/ids.ts'
import type { Log } from '#kit/logging.ts'
import type { Metrics } from '#kit/metrics.ts'
import type { Sealer } from '#kit/seal.ts'
import type { ResourceTags } from './conditions.ts'
import type { CallLimits, CallRates } from './limits/index.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'
import type { SigningKey } from './sigv4.ts'

/** A verified identity that is not yet tied to a request. */
export type Principal = Omit<Caller, 'source' | 'secure' | 'userAgent'>

export interface AccessKey extends SigningKey {
  readonly principal: Principal
  /** Only of temporary credentials; those that ran out are found too. */
  readonly expiresAt?: number
}

export interface Decision {
  readonly allowed: boolean
  /** A statement denies it: no trust and no policy elsewhere can allow it then. */
  readonly explicit?: boolean
  /** The whole text that a refused caller sees. */
  readonly reason: string
  /** Which statement decided, as a sentence for those who may read the audit trail; the reason when absent. */
  readonly why?: string
}

/** One line of the audit trail. Parameters are there as a MAC only. */
export interface AuditEvent {
  readonly at: number
  readonly requestId: string
  readonly caller: Caller
  readonly operation: string
  readonly action: string
  readonly resources: readonly string[]
  readonly parametersMac?: Uint8Array
  readonly decision: 'Allowed' | 'Denied'
  /** `OK`, or the code that the caller got. */
  readonly result: string
  /** Why it was refused. */
  readonly why?: string
}

/** What one caller may do, by its policies as they are at one moment. */
export interface Judge {
  /** `conditions` are what the request and the resource say; what the caller says of itself is known here. */
  decide(action: string, resource: string, conditions: Conditions): Decision
  /** Whether any policy of the caller names a condition key that begins so (in lower case); what none names is not looked up. */
  asks(prefix: string): boolean
}

/** What the API asks of access: who a credential belongs to, and what it may do. */
export interface AccessPort {
  /** With the session token that belongs to it; a key has none unless it is temporary. */
  findAccessKey(id: string, sessionToken?: string): Promise<AccessKey | undefined>
  findBearer(token: string): Promise<Principal | undefined>
  judge(caller: Caller, at: number): Promise<Judge>
}

/** Where it is written down. */
export interface AuditPort {
  /** In the transaction of the change that it tells of. */
  write(tx: Tx, event: AuditEvent): Promise<void>
  /** By itself, durable when this resolves: what was refused, and who reads a secret, before it leaves. */
  note(event: AuditEvent): Promise<void>
}

export interface PipelineDeps {
  readonly db: Database
  readonly sealer: Sealer
  readonly clock: Clock
  readonly access: AccessPort
  readonly audit: AuditPort
  /** Nothing carries tags when absent. */
  readonly tagsOf?: ResourceTags
  readonly operations: readonly Operation[]
  readonly log: Log
  readonly metrics: Metrics
  readonly limits: CallLimits
  /** Tests check each output against the model. */
  readonly checkOutputs?: boolean
  /** Time a handler has; 25 s when absent. */
  readonly deadlineMs?: number
}

export interface ApiDeps extends Omit<PipelineDeps, 'limits'> {
  /** How often who may call; no limit when absent. */
  readonly rates?: CallRates
  readonly ids: Ids
  readonly home: Home
  /** Further regions that may sign. */
  readonly regionAliases: readonly string[]
  readonly routes: readonly Route[]
  /** What all request bodies together may take; 256 MiB when absent. */
  readonly bodiesBytes?: number
  /** Why this controller should get no traffic now; undefined when it is ready. */
  readonly notReady?: () => string | undefined
}
