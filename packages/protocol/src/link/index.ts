/**
 * The link between agent and controller: what a frame is and how it is written and read, how a node proves
 * itself at login, why a login is refused or a link ends, and the link's version. In: bytes or headers; out:
 * checked plain values, or a reason. Nothing here opens a connection; the two `link/` folders do.
 */
export { type Decoded, decodeFrame, encodeFrame, FrameTooLarge } from './codec.ts'
export { encodeOutput, OUTPUT_HEAD_BYTES } from './encode-output.ts'
export {
  AGENT_FRAMES,
  type Answer,
  type Call,
  type Cancel,
  type Fact,
  type Frame,
  type FrameBodies,
  type FrameKind,
  type GenerationKept,
  type Goodbye,
  type Heartbeat,
  type HeartbeatAnswer,
  type Hello,
  type HostFacts,
  type KeyKept,
  type LinkRecord,
  type NewKey,
  type Output,
  type OutputReceipt,
  type Probe,
  type RecordReceipt,
  type Result,
  type RotateKey,
  type Signature,
  type Started,
  type StepHeads,
  type StreamHead,
  type StreamName,
  type Welcome,
  type Work,
  type WorkReceipt,
} from './frame.ts'
export {
  MAX_CALLS,
  MAX_FRAME_BYTES,
  OUTPUT_PIECE_BYTES,
  OUTPUT_WINDOW_BYTES,
  WHOLE_STREAM_BYTES,
} from './limits.ts'
export {
  BINDING_BYTES,
  CHALLENGE_HEADER,
  type Exporter,
  LOGIN_EXPORTER_LABEL,
  LOGIN_HEADER,
  type LoginClaim,
  type LoginHeaders,
  type LoginRequest,
  type LoginToSign,
  readLogin,
  SIGNATURE_HEADER,
  signLogin,
  tlsBinding,
  type VerifiedLogin,
  verifyLogin,
} from './login.ts'
export { signNewKey, verifyNewKey } from './new-key.ts'
export {
  ENDINGS,
  type EndReason,
  isEndReason,
  isRefusalReason,
  type NextTry,
  REFUSALS,
  type RefusalReason,
} from './reasons.ts'
export { LINK_VERSION, OLDEST_LINK_VERSION } from './version.ts'
