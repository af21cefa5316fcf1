/** What this agent is and can do: the first frame of a link. */
export interface Hello {
  readonly linkVersion: number
  readonly agentVersion: string
  readonly actions: readonly string[]
  readonly host: HostFacts
  readonly bootId: string
  readonly journalId: string
  /** Highest record number that this journal has given out. */
  readonly lastRecord: number
  /** Invocations that the agent has received and whose result is not receipted. */
  readonly holding: readonly string[]
  readonly policyMode: string
  /** Random, made when the agent starts: two links with the same one are of one program; empty from agents before 2. */
  readonly processId: string
}

export interface HostFacts {
  readonly computerName: string
  readonly ipAddress: string
  /** `Linux`, `Windows` or `MacOS`. */
  readonly platformType: string
  readonly platformName: string
  readonly platformVersion: string
  readonly architecture: string
}

export interface Welcome {
  readonly linkVersion: number
  readonly controllerTime: number
  readonly heartbeatMs: number
  readonly epoch: number
  readonly receivedRecord: number
  readonly accountId: string
  readonly region: string
  readonly controllerId: string
  /** To be written to disk, confirmed, and said at the next login; 0: none. */
  readonly generation: number
  /** Another machine uses this identity: nothing is handed out and nothing taken until an operator has decided. */
  readonly quarantined: boolean
  /** An operator decided for this machine: what it has received and not started may have run elsewhere. */
  readonly dropUnstarted: boolean
}

export interface Heartbeat {
  readonly sequence: number
  readonly running: number
  readonly degraded: boolean
  readonly degradedReason: string
}

export interface HeartbeatAnswer {
  readonly sequence: number
  readonly controllerTime: number
  readonly heartbeatMs: number
}

export interface Work {
  readonly invocationId: string
  readonly commandId: string
  readonly envelope: Uint8Array
  readonly deliverBy: number
  readonly expiresAt: number
  readonly signatures: readonly Signature[]
}

export interface Signature {
  readonly keyId: string
  readonly value: Uint8Array
}

export interface WorkReceipt {
  readonly invocationId: string
  readonly known: boolean
}

export interface Cancel {
  readonly invocationId: string
}

/** A journaled fact that the agent keeps until it is receipted; numbers ascend on a link and may leave gaps. */
export interface LinkRecord {
  readonly journalId: string
  readonly number: number
  readonly invocationId: string
  readonly fact: Fact
}

export type Fact =
  | { readonly kind: 'started'; readonly started: Started }
  | { readonly kind: 'result'; readonly result: Result }

export interface Started {
  readonly step: number
  readonly attempt: number
  readonly at: number
  readonly bootId: string
}

export interface Result {
  readonly runRecord: Uint8Array
  readonly signature: Uint8Array
  readonly heads: readonly StepHeads[]
}

export interface StepHeads {
  readonly step: number
  readonly stdout: StreamHead
  readonly stderr: StreamHead
}

export interface StreamHead {
  readonly text: string
  /** Set when these are all kept bytes of the stream. */
  readonly whole?: Uint8Array
}

export type StreamName = 'stdout' | 'stderr'

export interface Output {
  readonly invocationId: string
  readonly step: number
  readonly attempt: number
  readonly stream: StreamName
  readonly offset: number
  readonly data: Uint8Array
  readonly end: boolean
  readonly dropped: number
}

export interface OutputReceipt {
  readonly invocationId: string
  readonly step: number
  readonly attempt: number
  readonly stream: StreamName
  readonly received: number
  readonly sealed: number
  /** The end of the stream is durable: all of it may be forgotten. */
  readonly ended: boolean
}

export interface RecordReceipt {
  readonly journalId: string
  readonly number: number
}

export interface Call {
  readonly id: number
  readonly operation: string
  readonly input: Uint8Array
}

export interface Answer {
  readonly id: number
  readonly status: number
  readonly body: Uint8Array
}

export interface Goodbye {
  readonly reason: string
  readonly retryAfterMs: number
}

export interface Probe {
  readonly nonce: number
}

export interface GenerationKept {
  readonly generation: number
}

export type RotateKey = Readonly<Record<string, never>>

/** SPKI in DER; `signature` by the key in use, `ownSignature` by the new one (see `signNewKey`). */
export interface NewKey {
  readonly publicKey: Uint8Array
  readonly signature: Uint8Array
  readonly ownSignature: Uint8Array
}

export interface KeyKept {
  readonly publicKey: Uint8Array
}

/** What each kind of frame carries, by the name that `proto/link.proto` gives it. */
export interface FrameBodies {
  readonly hello: Hello
  readonly heartbeat: Heartbeat
  readonly workReceipt: WorkReceipt
  readonly record: LinkRecord
  readonly output: Output
  readonly call: Call
  readonly probeAnswer: Probe
  readonly generationKept: GenerationKept
  readonly newKey: NewKey
  readonly welcome: Welcome
  readonly heartbeatAnswer: HeartbeatAnswer
  readonly work: Work
  readonly cancel: Cancel
  readonly recordReceipt: RecordReceipt
  readonly outputReceipt: OutputReceipt
  readonly answer: Answer
  readonly goodbye: Goodbye
  readonly probe: Probe
  readonly rotateKey: RotateKey
  readonly keyKept: KeyKept
}

export type FrameKind = keyof FrameBodies

/** One frame: its kind, and its body under the same name, for instance `{ kind: 'cancel', cancel: { invocationId } }`. */
export type Frame = {
  readonly [K in FrameKind]: { readonly kind: K } & { readonly [B in K]: FrameBodies[K] }
}[FrameKind]

/** Kinds that an agent may send; all others come from the controller. */
export const AGENT_FRAMES: ReadonlySet<FrameKind> = new Set([
  'hello',
  'heartbeat',
  'workReceipt',
  'record',
  'output',
  'call',
  'probeAnswer',
  'generationKept',
  'newKey',
])
