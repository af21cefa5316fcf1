import type { Clock } from '@muster/protocol/kit'
import type { Hello, NewKey } from '@muster/protocol/link'
import type { Database, Tx } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'
import type { Log } from '#kit/logging.ts'

export interface HubDeps {
  readonly db: Database
  readonly clock: Clock
  readonly home: Home
  /** The same after a restart: links of an earlier life are found by it. */
  readonly controllerId: string
  /** A number in [0, 1): spreads the return of nodes. */
  readonly random: () => number
  readonly log: HubLog
  /** Other controllers of the same store hold links too. */
  readonly hasPeers?: boolean
  /** Heartbeat period of a small fleet; 30 s unless a test wants less. */
  readonly heartbeatMs?: number
  /** How long an older link has to answer when its node logs in again; 5 s unless a test wants less. */
  readonly probeMs?: number
  readonly commit?: { readonly gatherMs?: number; readonly maxItems?: number }
}

export type HubLog = Pick<Log, 'info' | 'warn' | 'error'>

/** A node that has just joined: what its hello said. */
export interface Arrival {
  readonly nodeKey: number
  readonly hello: Hello
  readonly at: number
  /** What the login said. */
  readonly generation: number
  /** The key that signed it: SPKI in DER. */
  readonly publicKey: Uint8Array
  /** Where the connection came from. */
  readonly source: string
  /** Machines of the node that have a link of another program and answered on it just now. */
  readonly alive: readonly number[]
}

/** What is decided about an arrival. */
export interface Admission {
  /** `held`: its link stays open and carries nothing until an operator has decided. `superseded`: it is never let in. */
  readonly standing: 'good' | 'held' | 'superseded'
  /** Number of the machine among those that have used this identity; 0: not counted. */
  readonly machine: number
  /** To be written to the machine's disk; 0: none. */
  readonly generation: number
  readonly dropUnstarted: boolean
  /** Set when this arrival put the node into quarantine. */
  readonly cause: string | undefined
}

export interface GenerationKeptBy {
  readonly nodeKey: number
  readonly machine: number
  readonly generation: number
}

export interface KeyOffer {
  readonly nodeKey: number
  readonly newKey: NewKey
}

/** When something was last heard of a node. */
export interface Contact {
  readonly nodeKey: number
  readonly at: number
}

/** What the slice that owns nodes keeps of links; its rows change in the hub's transaction. */
export interface Presence {
  /** Decides who is let in; of those, facts of the hello, and that the node is connected. No node is there twice. */
  arrived(tx: Tx, arrivals: readonly Arrival[]): Promise<readonly Admission[]>
  /** Generations that machines have confirmed. */
  kept(tx: Tx, kept: readonly GenerationKeptBy[]): Promise<void>
  /** A node made itself a new key: whether logins with it are let in from now on. */
  offered(tx: Tx, offer: KeyOffer): Promise<boolean>
  /** What nodes say is wrong with them; empty when nothing is any more. */
  troubled(tx: Tx, troubles: readonly { readonly nodeKey: number; readonly trouble: string }[]): Promise<void>
  /** These nodes have no link any more. */
  departed(tx: Tx, contacts: readonly Contact[]): Promise<void>
  /** Once a minute for all that were heard. */
  heard(tx: Tx, contacts: readonly Contact[]): Promise<void>
  /** These nodes have no link, or none at all has: what is true at the start of the only controller. */
  reset(tx: Tx, nodeKeys?: readonly number[]): Promise<void>
}
