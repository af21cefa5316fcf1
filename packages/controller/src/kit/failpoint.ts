import * as kit from '@muster/protocol/kit'

/** Every place where a test may stop the controller, and what has happened by then. */
export const FAILPOINTS = {
  'send-command-accepting': 'a command is written, its transaction is open',
  'send-command-accepted': 'a command is durable, nothing is handed over and nothing answered',
  'hand-over': 'released work is durable, nothing of it is sent',
  'hand-over-midway': 'one node has its work, the others do not',
  'release-writing': 'a release is written, its transaction is open',
  'release-written': 'a release is durable, nothing is handed over',
  'results-writing': 'results are written, their transaction is open',
  'results-written': 'results are durable, no receipt is given',
  'upload-claimed': 'streams for a bucket are taken on, nothing of them is written',
  'upload-midway': 'a part of a stream is in its bucket, the rest is not',
  'upload-put': 'a stream is in its bucket, its row does not say so',
  'audit-sealing': 'lines of the audit trail have their places in the chain, the transaction is open',
  'segment-stored': 'a piece of output is stored, its row is not written',
  'data-keys-rewrapped': 'some data keys are wrapped by the new version of their key, the others are not',
} as const

export type FailpointName = keyof typeof FAILPOINTS
export type Failpoint = kit.Failpoint<FailpointName>

/** Reads the value of MUSTER_FAILPOINTS; throws on a name or action that does not exist. */
export const createFailpoint = (text: string | undefined): Failpoint => kit.createFailpoint(FAILPOINTS, text)

/** The failpoint of a controller that nobody tests. */
export const noFailpoint: Failpoint = kit.noFailpoint
