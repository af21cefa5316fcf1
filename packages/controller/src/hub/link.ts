import type { Frame } from '@muster/protocol/link'
import type { Reader, Tx } from '#db/index.ts'

/** One node's live link, as the hub and the slices above it see it. */
export interface NodeLink {
  readonly nodeKey: number
  readonly nodeId: string
  /** One higher at each login; fences writes of an older link. */
  readonly epoch: number
  /** Actions that the agent said it can run. */
  readonly actions: ReadonlySet<string>
  /** Queues a frame; false when the link is closing or its buffer (4 MiB) is full. */
  send(frame: Frame): boolean
  close(reason: string, retryAfterMs?: number): void
}

/** A durable record as it arrives: applied once by (journal id, number). */
export interface NodeRecord {
  readonly nodeKey: number
  readonly nodeId: string
  readonly invocationId: string
  readonly fact:
    | { readonly kind: 'started'; readonly started: StartedFact }
    | { readonly kind: 'result'; readonly result: ResultFact }
}

export interface StartedFact {
  readonly step: number
  readonly attempt: number
  readonly at: number
  readonly bootId: string
}

export interface HeadFact {
  readonly text: string
  /** Set when these are all kept bytes of the stream. */
  readonly whole?: Uint8Array
}

export interface ResultFact {
  readonly runRecord: Uint8Array
  readonly signature: Uint8Array
  readonly heads: readonly { readonly step: number; readonly stdout: HeadFact; readonly stderr: HeadFact }[]
}

export interface OutputPiece {
  readonly nodeKey: number
  readonly invocationId: string
  readonly step: number
  readonly attempt: number
  readonly stream: 'stdout' | 'stderr'
  readonly offset: number
  readonly data: Uint8Array
  readonly end: boolean
  readonly dropped: number
}

export interface OutputProgress {
  readonly received: number
  readonly sealed: number
  /** The end is durable: the node has nothing to keep of this stream. */
  readonly ended?: boolean
}

/** What a record's commit has to wait for; disposed of when the record is committed, put aside or refused. */
export interface Preparation extends Disposable {
  /** Later records of the same node wait too. */
  readonly clear: Promise<void> | undefined
}

/** What the slice that owns runs gives the hub: who handles what comes in. */
export interface Receivers {
  /** What takes long and needs no store, as checking a signature: at once, while earlier records are being written. */
  prepare?(record: NodeRecord): Preparation | undefined
  /** Applies records of one group commit, in order; part of the hub's transaction. Throwing parks the record at fault. */
  records(tx: Tx, records: readonly NodeRecord[]): Promise<void>
  /** After that transaction is durable. */
  recordsCommitted(records: readonly NodeRecord[]): void
  /** The agent's RECEIVED entries are synced. Part of a group commit too. */
  receipts(tx: Tx, receipts: readonly { readonly nodeKey: number; readonly invocationId: string }[]): Promise<void>
  /** One piece of output; the answer moves the agent's window. */
  output(piece: OutputPiece): Promise<OutputProgress>
  /** An API operation as the node. */
  call(
    link: NodeLink,
    operation: string,
    input: Uint8Array,
  ): Promise<{ readonly status: number; readonly body: Uint8Array }>
}

/** What a node that has just logged in remembers. */
export interface NodeMemory {
  /** Invocations that it has received and whose result is not receipted. */
  readonly holding: readonly string[]
  /** Controller time at which its journal began: of what it was given before, it knows nothing that it does not hold. */
  readonly journalSince: number
}

/** News of links; each listener also has a sweep that finds the same work. */
export interface LinkNews {
  connected(link: NodeLink, memory: NodeMemory): void
  lost(nodeKey: number, reason: string): void
  /** The store says so too; a hint. */
  lossWritten?(nodeId: string): void
}

export interface Hub {
  find(nodeKey: number): NodeLink | undefined
  isConnected(nodeKey: number): boolean
  connectedKeys(): IterableIterator<number>
  /** Those of these nodes whose newest link is with another controller; nobody where there is no other one. */
  elsewhere(db: Reader, nodeKeys: readonly number[]): Promise<ReadonlySet<number>>
  /** Which other controller holds the newest link of a node; undefined when none does. */
  holderOf(db: Reader, nodeKey: number): Promise<string | undefined>
  /** Milliseconds, controller time, of the last frame; undefined when there was none since this controller started. */
  lastContact(nodeKey: number): number | undefined
  subscribe(news: LinkNews): void
  /** Nodes with a link that is held: they are in quarantine, or were when it came. */
  heldKeys(): readonly number[]
  /** Cuts a node's links, for instance when it is deregistered. */
  cut(nodeKey: number, reason: string): void
}
