import type { Envelope, RunRecord } from '#delivery/index.ts'

/** Work as a simulated node sees it. */
export interface SimulatedWork {
  readonly invocationId: string
  readonly commandId: string
  readonly envelope: Envelope
  /** Fires when the work is cancelled. */
  readonly cancelled: AbortSignal
}

/** How one step goes; all members have the quiet default of a script that prints nothing and exits with 0. */
export interface Performance {
  readonly exitCode?: number
  readonly stdout?: string | Uint8Array
  readonly stderr?: string | Uint8Array
  /** Milliseconds from start to end, in real time. */
  readonly delayMs?: number
  /** What the node says of the whole run, whatever its steps say. */
  readonly status?: RunRecord['status']
  /** Starts that the ledger shows; more than one is a lie that a checker has to find. */
  readonly starts?: number
  /** The node dies over it: it starts and never ends. */
  readonly silent?: boolean
}

/** What a simulated node does when something reaches it. */
export interface Behaviours {
  /** One performance for every step, or one a step. */
  readonly onWork?: (
    work: SimulatedWork,
  ) => Performance | readonly Performance[] | Promise<Performance | readonly Performance[]>
  /** False loses the receipt on the way. */
  readonly receiptsWork?: (invocationId: string) => boolean
  /** How often each record is sent; 1 unless told. */
  readonly sendsRecords?: number
  /** Changes a record's bytes before they are signed. */
  readonly alters?: (record: RunRecord) => RunRecord
}

/** A line of the node's own ledger: what really happened, by its own clock. */
export interface LedgerLine {
  readonly event: 'start' | 'end'
  readonly invocationId: string
  readonly commandId: string
  readonly step: number
  readonly at: number
}
