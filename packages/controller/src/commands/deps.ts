import type { Document, Platform } from '@muster/protocol/documents'
import type { Clock } from '@muster/protocol/kit'
import type { AuditPort } from '#api/index.ts'
import type { Database, Reader } from '#db/index.ts'
import type { Hub } from '#hub/link.ts'
import type { Failpoint } from '#kit/failpoint.ts'
import type { Home } from '#kit/identity.ts'
import type { Ids } from '#kit/ids.ts'
import type { Log } from '#kit/logging.ts'
import type { Sealer } from '#kit/seal.ts'
import type { Buckets, Objects } from '#objects/index.ts'
import type { Parameters } from '#parameters/index.ts'
import type { TagCondition } from '#tags/index.ts'

/** A document's version as a command needs it. */
export interface CommandDocument {
  readonly name: string
  /** A number, never `$DEFAULT` or `$LATEST`. */
  readonly version: string
  /** SHA-256 of the content as it was given, hex. */
  readonly hash: string
  readonly document: Document
  readonly platformTypes: readonly Platform[]
}

export interface TargetNode {
  readonly key: number
  readonly id: string
  readonly host: { readonly platformType: Platform }
}

export interface TargetSelection {
  readonly known: readonly TargetNode[]
  readonly unknown: readonly string[]
  /** Nodes were named one by one, not selected. */
  readonly named: boolean
  readonly problem?: string
}

export interface TargetRequest {
  readonly instanceIds: readonly string[]
  readonly targets: readonly { readonly key: string; readonly values: readonly string[] }[]
  /** Sets of tag conditions, a group's each: a node must meet all of at least one set. */
  readonly anyOf?: readonly (readonly TagCondition[])[]
}

/** What lists and views show of a node, also after it was deregistered. */
export interface NodeLabel {
  readonly id: string
  readonly name: string | undefined
}

/** What commands ask of documents. */
export interface DocumentSource {
  arn(name: string): string
  /** `version-missing` when the document exists and that version of it does not; its type when no command can run it. */
  find(
    db: Reader,
    name: string,
    version: string,
  ): Promise<CommandDocument | { readonly otherType: string } | 'version-missing' | undefined>
  /** The text of a version of any type, by number or by name; the default version when neither is given. */
  read(
    db: Reader,
    name: string,
    choice: { readonly version?: string; readonly versionName?: string },
  ): Promise<DocumentText | 'version-missing' | undefined>
}

/** A version of a document of any type, as its owner wrote it. */
export interface DocumentText {
  readonly name: string
  readonly version: number
  readonly hash: string
  readonly documentType: string
  readonly format: 'JSON' | 'YAML' | 'TEXT'
  readonly content: string
}

/** What commands ask of the fleet. */
export interface NodeSource {
  select(db: Reader, request: TargetRequest): Promise<TargetSelection>
  /** By tag key in lower case, of those asked for: the highest share, in percent, of the nodes with one value of it. */
  tagShares(
    db: Reader,
    nodeIds: readonly string[],
    isAsked: (key: string) => boolean,
  ): Promise<ReadonlyMap<string, number>>
  /** Key of a node, registered or not any more. */
  findKey(db: Reader, nodeId: string): Promise<number | undefined>
  labels(db: Reader, nodeKeys: readonly number[]): Promise<ReadonlyMap<number, NodeLabel>>
  findByKey(
    db: Reader,
    nodeKey: number,
  ): Promise<{ readonly id: string; readonly roleId: string; readonly roleName: string } | undefined>
  /** Every key that the node signs or has signed with, SPKI in DER; the one in use first. */
  publicKeysOf(db: Reader, nodeKey: number): Promise<readonly Uint8Array[]>
  /** Those of these nodes that are in quarantine, with the cause. */
  quarantined(db: Reader, nodeKeys: readonly number[]): Promise<ReadonlyMap<number, string>>
  /** What the agent of a node says is wrong there; empty when nothing is. */
  troubleOf(db: Reader, nodeKey: number): Promise<string>
  /** Those of these nodes that are not registered any more. */
  deregistered(db: Reader, nodeKeys: readonly number[]): Promise<readonly number[]>
}

/** What commands ask of Parameter Store: each answer in the place of its reference. */
export type ParameterSource = Pick<Parameters, 'arnOf' | 'resolve' | 'pin'>

/** What commands ask of groups. */
export interface GroupSource {
  /** Conditions that the group's nodes meet, all of them; undefined when there is no such group. */
  conditionsOf(db: Reader, name: string): Promise<readonly TagCondition[] | undefined>
}

/** What commands tell other controllers, and ask them. */
export interface CommandPeers {
  readonly hints: { send(kind: 'work' | 'changed' | 'cancel', commandKeys: readonly number[]): void }
  /** Undefined when that controller is gone or does not answer. */
  ask(
    controllerId: string,
    question: string,
    input: object,
    options: { readonly timeoutMs: number; readonly signal: AbortSignal },
  ): Promise<unknown>
}

export interface CommandsDeps {
  readonly db: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly home: Home
  readonly sealer: Sealer
  readonly hub: Pick<Hub, 'find' | 'isConnected' | 'subscribe' | 'elsewhere' | 'holderOf'>
  /** Absent where this controller is the only one. */
  readonly peers?: CommandPeers | undefined
  readonly audit: Pick<AuditPort, 'write'>
  readonly objects: Objects
  readonly buckets: Pick<Buckets, 'put'>
  readonly documents: DocumentSource
  readonly fleet: NodeSource
  readonly groups: GroupSource
  readonly parameters: ParameterSource
  readonly log: Log
  readonly failpoint: Failpoint
  /** How long commands and how much output are kept now. */
  readonly keeping: () => Promise<Keeping>
}

export interface Keeping {
  readonly commandsMs: number
  readonly outputBytes: number
}
