import type {
  Answer,
  Call,
  Heartbeat,
  Hello,
  LinkRecord,
  NewKey,
  StreamName,
  Welcome,
  Work,
} from '@muster/protocol/link'
import type { News } from '#kit/index.ts'

/** What the link asks of the rest of the agent; the composition root gives it. */
export interface LinkPorts {
  hello(): Promise<Hello>
  heartbeat(): Omit<Heartbeat, 'sequence'>
  work: WorkPort
  records: RecordPort
  outputs: OutputPort
  identity: IdentityPort
  /** Nothing is asked of the controller when absent. */
  calls?: CallPort
}

/** What the agent asks of the controller: operations, as the node that it is. */
export interface CallPort {
  /** A link is up and takes calls; answers how to say that it is not any more. */
  connect(send: (call: Call) => void): () => void
  answered(answer: Answer): void
}

/** What a link says about this machine's right to its identity. */
export interface IdentityPort {
  /** At each welcome, before anything that it allows. */
  welcomed(welcome: Pick<Welcome, 'quarantined' | 'dropUnstarted'>): Promise<void>
  /** On disk when it resolves. */
  keep(generation: number): Promise<void>
  /** A new key, on disk, and its signatures. */
  rotate(): Promise<NewKey>
  /** The controller accepts this key: true when it is the next login's. */
  adopt(publicKey: Uint8Array): Promise<boolean>
}

export interface WorkPort {
  /**
   * Resolves once the RECEIVED entry is synced (`known` when this invocation was there already), or says why it cannot
   * be taken now: then it gets no receipt, and the controller sends it again.
   */
  accept(work: Work): Promise<{ readonly known: boolean } | { readonly refused: string }>
  cancel(invocationId: string): Promise<void>
}

/** The journal's outbox: facts that the controller has not receipted. */
export interface RecordPort {
  /** Records with a number above `after`, oldest first, `limit` at most. */
  pending(after: number, limit: number): Promise<readonly LinkRecord[]>
  receipted(number: number): Promise<void>
  readonly news: News
}

export interface OutputPort {
  /** Streams that are not sealed to their end, as they are now. */
  open(): Promise<readonly OutputStream[]>
  readonly news: News
}

/** One spool at one moment, as the output lane reads it. */
export interface OutputStream {
  readonly invocationId: string
  readonly step: number
  readonly attempt: number
  readonly stream: StreamName
  /** Bytes that can be read now. */
  readonly size: number
  /** Nothing will be added: the step is over. */
  readonly ended: boolean
  /** Bytes that were written beyond the cap; final once ended. */
  readonly dropped: number
  /** Durable at the controller up to here; where a new link begins again. */
  readonly sealedTo: number
  /** Fills `into` from an offset on; answers how many bytes there were. */
  read(offset: number, into: Uint8Array): Promise<number>
  /** The controller needs nothing below this offset again, and nothing at all once it has the end. */
  sealed(offset: number, ended: boolean): Promise<void>
}
