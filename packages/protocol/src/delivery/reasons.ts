export type ReasonKind = 'target' | 'rate' | 'delivery' | 'policy' | 'execution'

interface Reason {
  readonly kind: ReasonKind
  /** Names that the sentence uses; each must be given. */
  readonly parameters: readonly string[]
  /** With `{name}` where a parameter's value goes. */
  readonly sentence: string
}

/** Every decision about a command or an invocation that people may ask "why" about. */
export const reasons = {
  TargetMatched: {
    kind: 'target',
    parameters: ['selector', 'count'],
    sentence: 'The target {selector} matched {count} nodes.',
  },
  NodeSelected: { kind: 'target', parameters: ['selector'], sentence: 'The node was selected by {selector}.' },
  NoInstancesInTag: {
    kind: 'target',
    parameters: ['selector'],
    sentence: 'No node matched {selector}, so there was nothing to run.',
  },
  AccessDenied: {
    kind: 'policy',
    parameters: ['principal', 'action', 'resource'],
    sentence: '{principal} is not allowed to perform {action} on {resource}.',
  },
  InvalidPlatform: {
    kind: 'target',
    parameters: ['documentName', 'platform'],
    sentence: 'The document {documentName} has no step for {platform}.',
  },
  WaitingForSlot: {
    kind: 'rate',
    parameters: ['concurrency'],
    sentence: 'The node waits until fewer than {concurrency} nodes run the command (MaxConcurrency).',
  },
  ErrorLimitReached: {
    kind: 'rate',
    parameters: ['errors', 'limit'],
    sentence: 'The command stopped after {errors} errors; MaxErrors allows {limit}.',
  },
  Released: { kind: 'rate', parameters: ['concurrency'], sentence: 'A slot was free (MaxConcurrency {concurrency}).' },
  NodeDegraded: {
    kind: 'delivery',
    parameters: ['problem'],
    sentence: 'The agent on the node has a problem of its own: {problem}.',
  },
  NodeOffline: {
    kind: 'delivery',
    parameters: ['until'],
    sentence: 'The node is not connected; it gets the command if it connects before {until}.',
  },
  Delivered: { kind: 'delivery', parameters: [], sentence: 'The command was handed to the node.' },
  Received: { kind: 'delivery', parameters: [], sentence: 'The node has written the command to its journal.' },
  DeadlinePassed: {
    kind: 'delivery',
    parameters: ['deadline'],
    sentence: 'The node got the command after {deadline}, so it did not start.',
  },
  DeliveryTimedOut: {
    kind: 'delivery',
    parameters: ['deadline'],
    sentence: 'The command had not started by {deadline}, so it will never run there.',
  },
  SilentPastExpiry: {
    kind: 'delivery',
    parameters: ['expiry'],
    sentence: 'The node started the command and was silent until {expiry}; what happened there is unknown.',
  },
  LateResult: {
    kind: 'delivery',
    parameters: ['status', 'ended'],
    sentence: 'A late result came: the node says {status}, ended {ended}. The status is what it was before.',
  },
  NodeDeregistered: {
    kind: 'delivery',
    parameters: [],
    sentence: 'The node was deregistered before it reported a result.',
  },
  NodeQuarantined: {
    kind: 'delivery',
    parameters: ['cause'],
    sentence:
      'Two machines use the identity of the node ({cause}); nothing is handed to it until an operator has decided.',
  },
  QuarantineDropped: {
    kind: 'delivery',
    parameters: [],
    sentence: 'Two machines had this work, so the node does not start what of it had not started.',
  },
  RecordParked: {
    kind: 'delivery',
    parameters: ['problem'],
    sentence: "The node's record could not be applied and is kept aside: {problem}.",
  },
  ProofRefused: {
    kind: 'delivery',
    parameters: ['problem'],
    sentence: "The node's signed record was refused: {problem}.",
  },
  EnvelopeRefused: { kind: 'policy', parameters: ['problem'], sentence: 'The node refused the work: {problem}.' },
  PolicyRefused: { kind: 'policy', parameters: ['rule'], sentence: "The host's own policy does not allow it: {rule}." },
  SignatureRequired: {
    kind: 'policy',
    parameters: [],
    sentence: "The host's own policy asks for an operator's signature.",
  },
  AgentStorage: {
    kind: 'policy',
    parameters: ['problem'],
    sentence: 'The node could not write its journal, so it did not start: {problem}.',
  },
  ActionUnknown: {
    kind: 'execution',
    parameters: ['action', 'step'],
    sentence: 'The agent does not know the action {action} of step {step}; a newer agent may.',
  },
  StepRefused: {
    kind: 'execution',
    parameters: ['step', 'problem'],
    sentence: 'Step {step} could not start: {problem}.',
  },
  SecretUnavailable: {
    kind: 'execution',
    parameters: ['step', 'parameter', 'problem'],
    sentence: 'Step {step} did not start, because the node could not get the secret {parameter}: {problem}.',
  },
  StepSkipped: { kind: 'execution', parameters: ['step', 'cause'], sentence: 'Step {step} was skipped: {cause}.' },
  Started: { kind: 'execution', parameters: ['step', 'attempt'], sentence: 'Step {step} started (attempt {attempt}).' },
  StepFailed: {
    kind: 'execution',
    parameters: ['step', 'exitCode'],
    sentence: 'Step {step} ended with exit code {exitCode}.',
  },
  OOMKilled: {
    kind: 'execution',
    parameters: ['step', 'exitCode', 'count'],
    sentence:
      'Step {step} ended with exit code {exitCode}; the host ended processes of it for want of memory ({count} in all).',
  },
  StepInterrupted: {
    kind: 'execution',
    parameters: ['step'],
    sentence: 'Step {step} was interrupted and its end is not known; it is not run again.',
  },
  HostRebooted: {
    kind: 'execution',
    parameters: ['step'],
    sentence: 'The host rebooted while step {step} ran; it is not run again.',
  },
  RebootRequested: {
    kind: 'execution',
    parameters: ['step'],
    sentence: 'Step {step} asked for a reboot and runs again after it.',
  },
  RebootLimit: {
    kind: 'execution',
    parameters: ['step', 'limit'],
    sentence: 'Step {step} asked for more than {limit} reboots.',
  },
  RebootNotPerformed: {
    kind: 'execution',
    parameters: ['step', 'seconds'],
    sentence: 'Step {step}: reboot requested but not performed within {seconds} seconds.',
  },
  JournalDamaged: {
    kind: 'execution',
    parameters: [],
    sentence: "The node's journal was damaged or lost; how far the command came there is not known.",
  },
  ExecutionTimedOut: {
    kind: 'execution',
    parameters: ['step', 'seconds'],
    sentence: 'Step {step} was stopped after {seconds} seconds, its time limit.',
  },
  CancelRequested: {
    kind: 'execution',
    parameters: ['principal'],
    sentence: '{principal} asked to cancel the command.',
  },
  CancelledByOperator: { kind: 'execution', parameters: [], sentence: 'The command was cancelled before it ended.' },
  CommandFinished: {
    kind: 'execution',
    parameters: ['status', 'completed', 'targets', 'errors'],
    sentence: 'The command ended {status}: {completed} of {targets} nodes are done, {errors} of them with an error.',
  },
  CommandRunning: {
    kind: 'rate',
    parameters: ['running', 'waiting', 'concurrency'],
    sentence:
      '{running} nodes run the command and {waiting} wait for a slot (MaxConcurrency {concurrency}) or for their connection.',
  },
  OutputUploading: {
    kind: 'delivery',
    parameters: ['bucket', 'count'],
    sentence: '{count} streams of its output are on their way to the bucket {bucket}.',
  },
  OutputUploaded: {
    kind: 'delivery',
    parameters: ['bucket', 'count'],
    sentence: '{count} streams of its output were written to the bucket {bucket}.',
  },
  OutputUploadFailed: {
    kind: 'delivery',
    parameters: ['bucket', 'problem', 'next'],
    sentence: 'Its output could not be written to the bucket {bucket}; it is tried again at {next}: {problem}.',
  },
  OutputUploadGivenUp: {
    kind: 'delivery',
    parameters: ['bucket', 'problem'],
    sentence: 'Its output was not written to the bucket {bucket} and is not tried again: {problem}.',
  },
  Finished: { kind: 'execution', parameters: ['status'], sentence: 'The node reported its result: {status}.' },
} as const satisfies Readonly<Record<string, Reason>>

export type ReasonCode = keyof typeof reasons

/** The parameters that a reason's sentence needs. */
export type ReasonParameters<C extends ReasonCode> = Readonly<Record<(typeof reasons)[C]['parameters'][number], string>>

/** Whether a code is in the table; records of newer agents may carry others. */
export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(reasons, code)
}

/** The sentence for a decision; values left out show as "?", and a code that is not in the table is shown itself. */
export function explain(code: string, parameters: Readonly<Record<string, string>>): string {
  if (!isReasonCode(code)) return `${code}.`
  return reasons[code].sentence.replace(/\{(\w+)\}/g, (_match, name: string) => {
    return Object.hasOwn(parameters, name) ? (parameters[name] ?? '?') : '?'
  })
}

/** The kind of a decision; what is not in the table counts as execution, where agents add codes. */
export function reasonKind(code: string): ReasonKind {
  return isReasonCode(code) ? reasons[code].kind : 'execution'
}

/** First line of standard error for a step that SSM has no word for. */
export function refusalLine<C extends ReasonCode>(code: C, parameters: ReasonParameters<C>): string {
  return `muster: ${code}: ${explain(code, parameters)}`
}
