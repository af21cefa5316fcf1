/**
 * What a command is while it is under way: the frozen envelope that goes out, the signed record that comes back
 * and the check of that proof, the states of steps, invocations and commands with SSM's words for them, limits, and
 * the reasons for decisions. Pure functions over plain values and bytes; keys and clocks are given by the caller.
 * The command's final status on a node is decided in status.ts, the one of a whole command in outcome.ts.
 */
export type { Decoded } from './domain.ts'
export {
  decodeEnvelope,
  type Envelope,
  type EnvelopeStep,
  encodeEnvelope,
  envelopeExpiresAt,
  envelopeHash,
  type FrozenDocument,
  type FrozenVersion,
} from './envelope.ts'
export { type FreezeResult, freezeSteps, MAX_FROZEN_CHARS, secretsOf, secretVariable, withDocument } from './freeze.ts'
export { documentHash, parametersHash, sha256Hex } from './hash.ts'
export { type CommandQuestion, commandCounters, commandOutcome, type InvocationCounts } from './outcome.ts'
export {
  isSignedBy,
  type ProofOutput,
  type ProofResult,
  type RunProof,
  type VerifiedRunRecord,
  verifyRunProof,
} from './proof.ts'
export { parseRate, type RateKind } from './rate.ts'
export {
  explain,
  isReasonCode,
  type ReasonCode,
  type ReasonKind,
  type ReasonParameters,
  reasonKind,
  reasons,
  refusalLine,
} from './reasons.ts'
export {
  decodeRunRecord,
  encodeRunRecord,
  type RunRecord,
  type StepRecord,
  type StreamRecord,
  signRunRecord,
} from './run-record.ts'
export {
  type CommandState,
  commandStates,
  finalStatus,
  type InvocationState,
  invocationStateOf,
  invocationStates,
  type NodeRunStatus,
  type NodeStepStatus,
  openInvocationStates,
  type StepState,
  stepStates,
} from './status.ts'
