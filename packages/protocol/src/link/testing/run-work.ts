import type { KeyObject } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import {
  type EnvelopeStep,
  encodeRunRecord,
  envelopeHash,
  finalStatus,
  type RunRecord,
  type StepRecord,
  type StreamRecord,
  sha256Hex,
  signRunRecord,
} from '#delivery/index.ts'
import { cutUtf8Chars } from '#kit/index.ts'
import type { Fact, Result, StepHeads, StreamHead, StreamName } from '../frame.ts'
import { WHOLE_STREAM_BYTES } from '../limits.ts'
import type { Behaviours, LedgerLine, Performance, SimulatedWork } from './behaviour.ts'

export interface RunPorts {
  readonly nodeId: string
  readonly bootId: string
  readonly privateKey: KeyObject
  behaviours(): Behaviours
  /** The controller's time as the node knows it. */
  controllerNow(): number
  ownNow(): number
  ledger(line: LedgerLine): void
  record(invocationId: string, fact: Fact): void
  spool(invocationId: string, step: number, stream: StreamName, bytes: Uint8Array): void
}

const HEAD_CHARS = { stdout: 24_000, stderr: 8_000 }

/** Goes through an envelope's steps as the behaviour says; undefined when the node dies over it. */
export async function runWork(
  work: SimulatedWork,
  envelopeBytes: Uint8Array,
  ports: RunPorts,
): Promise<Result | undefined> {
  const { envelope } = work
  const startedAt = ports.controllerNow()
  const told = (await ports.behaviours().onWork?.(work)) ?? {}
  const steps: StepRecord[] = []
  const heads: StepHeads[] = []
  let status: RunRecord['status'] | undefined
  for (const step of envelope.steps) {
    const performance = Array.isArray(told) ? (told[step.index] ?? {}) : (told as Performance)
    const done = await runStep(step, work, performance, ports)
    if (!done) return undefined
    steps.push(done.record)
    heads.push(done.heads)
    status ??= performance.status
    if (done.record.status !== 'Success') break
  }
  const record: RunRecord = {
    format: 1,
    nodeId: ports.nodeId,
    commandId: work.commandId,
    envelopeHash: envelopeHash(envelopeBytes),
    attempt: 1,
    bootId: ports.bootId,
    status: status ?? overall(steps),
    startedAt,
    endedAt: ports.controllerNow(),
    steps,
  }
  const runRecord = encodeRunRecord(ports.behaviours().alters?.(record) ?? record)
  return { runRecord, signature: signRunRecord(runRecord, ports.privateKey), heads }
}

function overall(steps: readonly StepRecord[]): RunRecord['status'] {
  const status = finalStatus(steps)
  return status === 'InProgress' || status === 'SuccessAndReboot' ? 'Failed' : status
}

async function runStep(
  step: EnvelopeStep,
  work: SimulatedWork,
  performance: Performance,
  ports: RunPorts,
): Promise<{ readonly record: StepRecord; readonly heads: StepHeads } | undefined> {
  const { invocationId, commandId, cancelled } = work
  const { exitCode = 0, delayMs = 0, starts = 1 } = performance
  const startedAt = ports.controllerNow()
  if (!cancelled.aborted) {
    for (let start = 0; start < starts; start++)
      ports.ledger({ event: 'start', invocationId, commandId, step: step.index, at: ports.ownNow() })
    ports.record(invocationId, {
      kind: 'started',
      started: { step: step.index, attempt: 1, at: startedAt, bootId: ports.bootId },
    })
    if (performance.silent) return undefined
    if (delayMs > 0) await delay(delayMs, undefined, { signal: cancelled }).catch(() => undefined)
    ports.ledger({ event: 'end', invocationId, commandId, step: step.index, at: ports.ownNow() })
  }
  const place = { invocationId, step: step.index }
  const stdout = keepStream('stdout', cancelled.aborted ? '' : performance.stdout, place, ports)
  const stderr = keepStream('stderr', cancelled.aborted ? '' : performance.stderr, place, ports)
  const record: StepRecord = {
    index: step.index,
    name: step.name,
    action: step.action,
    status: cancelled.aborted ? 'Cancelled' : exitCode === 0 ? 'Success' : 'Failed',
    exitCode: cancelled.aborted ? -1 : exitCode,
    attempt: 1,
    startedAt,
    endedAt: ports.controllerNow(),
    bootId: ports.bootId,
    stdout: stdout.record,
    stderr: stderr.record,
  }
  return { record, heads: { step: step.index, stdout: stdout.head, stderr: stderr.head } }
}

function keepStream(
  stream: StreamName,
  content: string | Uint8Array = '',
  place: { readonly invocationId: string; readonly step: number },
  ports: RunPorts,
): { readonly record: StreamRecord; readonly head: StreamHead } {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const text = cutUtf8Chars(bytes, HEAD_CHARS[stream])
  const isWhole = bytes.length <= WHOLE_STREAM_BYTES
  if (!isWhole) ports.spool(place.invocationId, place.step, stream, bytes)
  return {
    record: { total: bytes.length, kept: bytes.length, dropped: 0, sha256: sha256Hex(bytes) },
    head: isWhole ? { text, whole: bytes } : { text },
  }
}
