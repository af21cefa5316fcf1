import type { InvocationState } from '@muster/protocol/delivery'

/** What one run left behind. Plain data, so that it can be written down and judged again; times are ms since 1970. */
export interface History {
  /** Faults were made in this stretch; traffic counts only there. */
  readonly faults: { readonly from: number; readonly to: number }
  /** Accepted commands a second during the faults below which a run proves nothing. */
  readonly floorPerSecond: number
  /** From here on nothing was broken any more. */
  readonly healedAt: number
  readonly sends: readonly Send[]
  readonly observations: readonly Observation[]
  readonly commands: readonly FinalCommand[]
  readonly invocations: readonly FinalInvocation[]
  readonly ledger: readonly LedgerLine[]
}

/** One SendCommand as its caller meant it, however often it had to be sent. */
export interface Send {
  /** The invocation id of the SDK: the same in every try. The command carries it as its comment. */
  readonly key: string
  readonly nodeIds: readonly string[]
  readonly steps: readonly PlannedStep[]
  readonly tries: readonly Try[]
}

export interface PlannedStep {
  readonly name: string
  /** How often it may be entered: 1, and one more for each reboot that it asks for. */
  readonly entries: number
  /** Of what its script writes to standard output. */
  readonly stdoutSha256: string
}

export interface Try {
  readonly at: number
  readonly endedAt: number
  readonly outcome:
    | { readonly kind: 'accepted'; readonly commandId: string }
    | { readonly kind: 'refused'; readonly code: string }
    /** No answer: it may or may not have been accepted. */
    | { readonly kind: 'unknown'; readonly problem: string }
}

/** Somebody asked, and was told this. */
export interface Observation {
  readonly askedAt: number
  readonly at: number
  readonly commandId: string
  readonly nodeId: string
  readonly state: InvocationState
}

export interface FinalCommand {
  readonly commandId: string
  readonly key: string
}

export interface FinalInvocation {
  readonly commandId: string
  readonly nodeId: string
  readonly state: InvocationState
  /** The controller says itself that it does not know whether it ran. */
  readonly isUnknown?: boolean
  readonly steps: readonly FinalStep[]
}

export interface FinalStep {
  readonly name: string
  /** Of the whole output as the controller gives it; undefined when it says that there is more to come. */
  readonly stdoutSha256: string | undefined
}

/** What a script wrote on its host, outside the agent's reach, synced before it went on. */
export interface LedgerLine {
  readonly nodeId: string
  readonly commandId: string
  readonly step: string
  /** One for each attempt that the agent made. */
  readonly token: string
  readonly at: number
}

export interface Violation {
  readonly invariant: 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'floor'
  readonly commandId?: string
  readonly text: string
}
