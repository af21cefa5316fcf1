import { type KeyObject, sign } from 'node:crypto'
import { type Decoded, type Domain, decodeIn, encodeIn } from './domain.ts'
import { count, exactly, hash, integer, list, object, record, text, time } from './shape.ts'

/** One stream of a step, as the node's spool holds it. */
export interface StreamRecord {
  /** Bytes that the script wrote. */
  readonly total: number
  /** Bytes kept, from the first on. */
  readonly kept: number
  readonly dropped: number
  /** Over the kept bytes. */
  readonly sha256: string
}

export interface StepRecord {
  readonly index: number
  readonly name: string
  readonly action: string
  readonly status: 'Success' | 'Failed' | 'TimedOut' | 'Cancelled' | 'Skipped'
  /** -1 where no process ended by itself. */
  readonly exitCode: number
  /** How often the step was entered: 0 when it never ran, 2 after one reboot of its own. */
  readonly attempt: number
  readonly startedAt: number
  readonly endedAt: number
  /** The boot in which it ended. */
  readonly bootId: string
  /** A code of the table of reasons. */
  readonly reason?: string
  readonly reasonParameters?: Readonly<Record<string, string>>
  readonly stdout: StreamRecord
  readonly stderr: StreamRecord
}

/** What one node did with one command, in its own signed words. Times are milliseconds of the controller's clock. */
export interface RunRecord {
  readonly format: 1
  readonly nodeId: string
  readonly commandId: string
  readonly envelopeHash: string
  readonly attempt: number
  readonly bootId: string
  readonly status: 'Success' | 'Failed' | 'TimedOut' | 'Cancelled'
  readonly reason?: string
  readonly reasonParameters?: Readonly<Record<string, string>>
  readonly startedAt: number
  readonly endedAt: number
  readonly steps: readonly StepRecord[]
}

const stream = object({ total: count, kept: count, dropped: count, sha256: hash })
const why = { reason: text, reasonParameters: record(text) }

const step = object(
  {
    index: count,
    name: text,
    action: text,
    status: exactly('Success', 'Failed', 'TimedOut', 'Cancelled', 'Skipped'),
    exitCode: integer,
    attempt: count,
    startedAt: time,
    endedAt: time,
    bootId: text,
    stdout: stream,
    stderr: stream,
  },
  why,
)

const domain: Domain<RunRecord> = {
  label: 'muster-run-v1',
  noun: 'run record',
  read: object(
    {
      format: exactly(1),
      nodeId: text,
      commandId: text,
      envelopeHash: hash,
      attempt: count,
      bootId: text,
      status: exactly('Success', 'Failed', 'TimedOut', 'Cancelled'),
      startedAt: time,
      endedAt: time,
      steps: list(step),
    },
    why,
  ),
}

/** The bytes that the node signs. */
export function encodeRunRecord(value: RunRecord): Uint8Array {
  return encodeIn(domain, value)
}

/** Reads a run record; nothing in it is to be believed before `verifyRunProof` said so. */
export function decodeRunRecord(bytes: Uint8Array): Decoded<RunRecord> {
  return decodeIn(domain, bytes)
}

/** The node's Ed25519 signature over the bytes of a run record. */
export function signRunRecord(bytes: Uint8Array, privateKey: KeyObject): Uint8Array {
  return new Uint8Array(sign(null, bytes, privateKey))
}
