import type { Clock } from '@muster/protocol/kit'
import type { Frame } from '@muster/protocol/link'
import type { Access } from '#access/index.ts'
import type { AuditPort } from '#api/index.ts'
import type { Database } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'
import type { Ids } from '#kit/ids.ts'
import type { Sealer } from '#kit/seal.ts'
import type { Tags } from '#tags/index.ts'

/** One file that enrolling hosts download, known by its hash. */
export interface AgentFile {
  readonly path: string
  readonly sha256: string
  readonly size: number
}

/** What a host needs to run the agent: files on this controller's disk. */
export interface AgentObjects {
  readonly bundle: AgentFile & { readonly version: string }
  readonly runtime: AgentFile
}

/** What the enrolment line and its script are made of; the same values make the same bytes. */
export interface EnrolmentDeps {
  /** Addresses at which hosts reach this controller; the first one stands in the pasted line. */
  readonly publicUrls: readonly string[]
  /** The controller's own CA; absent when its certificate comes from elsewhere. */
  readonly caPem?: string | undefined
  readonly objects: AgentObjects
  /** Text of deploy/enrol/linux.sh and of deploy/systemd/muster-agent.service. */
  readonly script: string
  readonly unit: string
  /** `uname -m` of the hosts that the runtime is for; this controller's own when absent. */
  readonly machine?: string
}

export interface FleetLog {
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
}

export interface FleetDeps {
  readonly db: Database
  readonly home: Home
  readonly clock: Clock
  readonly ids: Ids
  readonly sealer: Sealer
  readonly tags: Tags
  readonly access: Pick<Access, 'passRole'>
  readonly audit: Pick<AuditPort, 'write'>
  readonly hub: {
    isConnected(nodeKey: number): boolean
    lastContact(nodeKey: number): number | undefined
    cut(nodeKey: number, reason: string): void
    /** The node's live link. */
    find(nodeKey: number): { send(frame: Frame): boolean } | undefined
    heldKeys(): readonly number[]
  }
  readonly log: FleetLog
  /** Age at which a node gets a new key; only when asked for where it is absent. */
  readonly rotateKeysMs?: number | undefined
  /** Absent when no agent is there to hand out; CreateEnrolmentCommand then says so. */
  readonly enrolment?: EnrolmentDeps | undefined
}
