import type { Clock } from '@muster/protocol/kit'
import type { Hello } from '@muster/protocol/link'
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
  readonly commit?: { readonly gatherMs?: number; readonly maxItems?: number }
}

export type HubLog = Pick<Log, 'info' | 'warn' | 'error'>

/** A node that has just joined: what its hello said. */
export interface Arrival {
  readonly nodeKey: number
  readonly hello: Hello
  readonly at: number
}

/** When something was last heard of a node. */
export interface Contact {
  readonly nodeKey: number
  readonly at: number
}

/** What the slice that owns nodes keeps of links; its rows change in the hub's transaction. */
export interface Presence {
  /** Facts of the hello, and that the node is connected. */
  arrived(tx: Tx, arrivals: readonly Arrival[]): Promise<void>
  /** These nodes have no link any more. */
  departed(tx: Tx, contacts: readonly Contact[]): Promise<void>
  /** Once a minute for all that were heard. */
  heard(tx: Tx, contacts: readonly Contact[]): Promise<void>
  /** These nodes have no link, or none at all has: what is true at the start of the only controller. */
  reset(tx: Tx, nodeKeys?: readonly number[]): Promise<void>
}
