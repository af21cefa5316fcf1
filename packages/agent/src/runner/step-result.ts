import { createHash } from 'node:crypto'
import {
  type EnvelopeStep,
  type ReasonCode,
  type ReasonParameters,
  refusalLine,
  type StepRecord,
  type StreamRecord,
  sha256Hex,
} from '@muster/protocol/delivery'
import type { StepNote } from '#journal/index.ts'
import { scanFile } from '#platform/index.ts'
import type { SpoolSizes } from './execution.ts'

/** Why a step or a whole run ended as it did: a code of the table of reasons. */
export interface Reason {
  readonly reason: string
  readonly reasonParameters: Readonly<Record<string, string>>
  /** First line of standard error, for ends that SSM has no word for. */
  readonly line: string
}

/** A reason with its parameters, checked against the table. */
export const because = <C extends ReasonCode>(reason: C, reasonParameters: ReasonParameters<C>): Reason => ({
  reason,
  reasonParameters,
  line: refusalLine(reason, reasonParameters),
})

/** What is known of a step besides its status. */
export interface StepFacts {
  readonly attempt: number
  readonly startedAt: number
  readonly endedAt: number
  readonly bootId: string
}

const EMPTY: StreamRecord = { total: 0, kept: 0, dropped: 0, sha256: sha256Hex(new Uint8Array(0)) }

/** Record of a step that has no output. */
export function stepWithoutOutput(
  { index, name, action }: EnvelopeStep,
  status: StepRecord['status'],
  facts: StepFacts,
  why: Reason | undefined,
): StepRecord {
  return stepRecord({ index, name, action }, status, -1, facts, { stdout: EMPTY, stderr: EMPTY }, why)
}

/** Record of a step that ran. */
export function stepRecord(
  { index, name, action }: Pick<EnvelopeStep, 'index' | 'name' | 'action'>,
  status: StepRecord['status'],
  exitCode: number,
  { attempt, startedAt, endedAt, bootId }: StepFacts,
  { stdout, stderr }: Pick<StepRecord, 'stdout' | 'stderr'>,
  why: Reason | undefined,
): StepRecord {
  const reason = why && { reason: why.reason, reasonParameters: why.reasonParameters }
  const times = { startedAt: whole(startedAt), endedAt: Math.max(whole(startedAt), whole(endedAt)) }
  return { index, name, action, status, exitCode, attempt, ...times, bootId, ...reason, stdout, stderr }
}

// A host's clock may say anything; a record holds whole milliseconds from 1970 on.
const whole = (ms: number) => Math.max(0, Math.round(ms))

/** Counts and hashes a spool as it lies on disk. */
export async function measureSpool(file: string, { kept, dropped }: SpoolSizes): Promise<StreamRecord> {
  if (kept === 0) return { ...EMPTY, total: dropped, dropped }
  const hash = createHash('sha256')
  await scanFile(file, kept, (piece) => void hash.update(piece))
  return { total: kept + dropped, kept, dropped, sha256: hash.digest('hex') }
}

/** The texts that go around the output in the views of a step. */
export const noteOf = (why: Reason | undefined): StepNote => (why ? { stderrStart: why.line } : {})
