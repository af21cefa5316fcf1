/**
 * Leaves that both sides need, one topic a file and no import but each other: time, back-off, secrets,
 * safe text, canonical JSON and patterns that run in linear time. Nothing here reads or writes anything.
 */
export { type Backoff, nextDelay } from './backoff.ts'
export {
  canonicalBytes,
  canonicalText,
  isPlainObject,
  NotCanonical,
  type Plain,
  type PlainObject,
} from './canonical.ts'
export { type Clock, systemClock } from './clock.ts'
export {
  createFailpoint,
  type Failpoint,
  FailpointError,
  type FailpointTable,
  noFailpoint,
} from './failpoint.ts'
export { createManualClock, type ManualClock } from './manual-clock.ts'
export { compilePattern, InvalidPattern, type Pattern } from './pattern.ts'
export { Secret } from './secret.ts'
export { cutChars, cutUtf8Chars, replaceInvalid } from './text.ts'
