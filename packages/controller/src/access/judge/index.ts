/**
 * Decisions: which policies a caller has, what is known about it, and what follows. In comes a caller with an action and a
 * resource; out goes a decision with the text that the caller sees, and a sentence for the audit trail.
 */
export { createJudges, type Judges } from './judges.ts'
export { principalKeys } from './principal-keys.ts'
export { readHeld } from './read-held.ts'
