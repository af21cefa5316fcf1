import {
  decodeRunRecord,
  type InvocationState,
  invocationStateOf,
  invocationStates,
  type RunRecord,
  type VerifiedRunRecord,
} from '@muster/protocol/delivery'
import { cutChars, replaceInvalid } from '@muster/protocol/kit'
import type { ReportedStream } from '#commands/output/whole.ts'
import type { HeadFact, ResultFact } from '#hub/link.ts'
import type { StepEnd } from './changes.ts'
import type { DueEnd } from './ends.ts'
import type { OpenRow } from './open-rows.ts'

export const STDOUT_CHARS = 24_000
export const STDERR_CHARS = 8_000

/** What a checked result says of one invocation, as rows have it. */
export interface Report {
  readonly end: DueEnd
  readonly steps: readonly StepEnd[]
  readonly streams: readonly ReportedStream[]
}

/** Translates a node's signed record; the views' texts are cut here, whatever the node sent. */
export function toReport(row: OpenRow, record: VerifiedRunRecord, result: ResultFact, at: number): Report {
  const heads = new Map(result.heads.map((head) => [head.step, head]))
  const { commandKey, nodeKey } = row
  const key = { commandKey, nodeKey }
  const steps = record.steps.map(
    (step): StepEnd => ({
      ...{ ...key, step: step.index, state: step.status, code: step.exitCode, attempt: step.attempt },
      ...{ startedAt: step.attempt > 0 ? step.startedAt : null, endedAt: step.endedAt },
      stdoutHead: headOf(heads.get(step.index)?.stdout, STDOUT_CHARS),
      stderrHead: headOf(heads.get(step.index)?.stderr, STDERR_CHARS),
      reason: step.reason ?? null,
    }),
  )
  const streams = record.steps.flatMap((step, index) => {
    const head = heads.get(step.index)
    const common = { ...key, step: step.index, attempt: step.attempt }
    return [
      toStream({ ...common, stream: 'stdout', ...step.stdout, head: steps[index]?.stdoutHead ?? '' }, head?.stdout),
      toStream({ ...common, stream: 'stderr', ...step.stderr, head: steps[index]?.stderrHead ?? '' }, head?.stderr),
    ]
  })
  return { end: toEnd(row, record, result, at), steps, streams }
}

function toEnd(row: OpenRow, record: VerifiedRunRecord, result: ResultFact, at: number): DueEnd {
  const { reason = null, reasonParameters = null } = record
  const started = record.steps.find(({ attempt }) => attempt > 0)
  return {
    commandKey: row.commandKey,
    nodeKey: row.nodeKey,
    state: stateOf(record),
    reason,
    reasonParameters,
    startedAt: row.startedAt ?? started?.startedAt ?? null,
    receivedAt: row.receivedAt ?? at,
    endedAt: record.endedAt,
    record: result.runRecord.slice(),
    signature: result.signature.slice(),
    wasRunning: row.running,
  }
}

/** The state that a node's record gives its invocation: the agent's refusal to start late is a missed delivery. */
export function stateOf({ status, reason, steps }: RunRecord): InvocationState {
  const isLate = reason === 'DeadlinePassed' && steps.every(({ attempt }) => attempt === 0)
  return isLate ? 'DeliveryTimedOut' : invocationStateOf(status)
}

/** Whether a result will count against MaxErrors; one that is not checked yet is taken at its word. */
export function countsAsError(record: RunRecord | Uint8Array): boolean {
  const read = record instanceof Uint8Array ? decodeRunRecord(record) : ({ ok: true, value: record } as const)
  return read.ok && invocationStates[stateOf(read.value)].countsAsError
}

const headOf = (head: HeadFact | undefined, maxChars: number): string =>
  head === undefined ? '' : cutChars(replaceInvalid(head.text), maxChars)

const toStream = (stream: ReportedStream, head: HeadFact | undefined): ReportedStream =>
  head?.whole === undefined ? stream : { ...stream, whole: head.whole }
