import type { KeyObject } from 'node:crypto'
import { encodeRunRecord, finalStatus, type RunRecord, type StepRecord, signRunRecord } from '@muster/protocol/delivery'
import { cutChars, cutUtf8Chars } from '@muster/protocol/kit'
import type { EntryOf, StepNote } from '#journal/index.ts'
import { readPiece } from '#platform/index.ts'

/** The views of one stream that travel beside the record. */
export interface StreamHead {
  readonly text: string
  /** All kept bytes, when they are few: then nothing of them needs to be sent as output. */
  readonly whole?: Uint8Array
}

export interface StepHead {
  readonly step: number
  readonly stdout: StreamHead
  readonly stderr: StreamHead
}

/** What the controller gets of a run that is over. */
export interface RunResult {
  readonly runRecord: Uint8Array
  readonly signature: Uint8Array
  readonly heads: readonly StepHead[]
}

const STDOUT_CHARS = 24_000
const STDERR_CHARS = 8_000
const WHOLE_BYTES = 32 * 1024
const UTF8_BYTES = 4
/** Heads of all steps together, so that a result fits into one frame. */
const HEADS_BYTES = 160 * 1024

/** Status of a run from its steps; a run that was refused whole may have none. */
export function runStatus(steps: readonly StepRecord[], refused: RunRecord['status']): RunRecord['status'] {
  if (steps.length === 0) return refused
  const status = finalStatus(steps)
  // The runner concludes only when every step has an end of its own.
  return status === 'InProgress' || status === 'SuccessAndReboot' ? 'Failed' : status
}

/** The record as bytes, signed by the node. */
export function signRecord(record: RunRecord, key: KeyObject): Pick<RunResult, 'runRecord' | 'signature'> {
  const runRecord = encodeRunRecord(record)
  return { runRecord, signature: signRunRecord(runRecord, key) }
}

/** Heads of every step's output; within `slim` only what the runner itself has to say. */
export async function readHeads(
  finished: readonly EntryOf<'finished'>[],
  spoolFile: (token: string, stream: 'stdout' | 'stderr') => string,
  slim: boolean,
): Promise<StepHead[]> {
  let budget = slim ? 0 : HEADS_BYTES
  const heads: StepHead[] = []
  for (const { record, token, note } of finished) {
    const head = async (stream: 'stdout' | 'stderr'): Promise<StreamHead> => {
      const { kept } = record[stream]
      const chars = stream === 'stdout' ? STDOUT_CHARS : STDERR_CHARS
      const wanted = token === undefined ? 0 : Math.min(kept, Math.max(WHOLE_BYTES, chars * UTF8_BYTES), budget)
      const bytes =
        wanted === 0 || token === undefined ? new Uint8Array(0) : await readPiece(spoolFile(token, stream), 0, wanted)
      const text = annotate(cutUtf8Chars(bytes, chars), stream, note, chars)
      budget -= Math.min(budget, Buffer.byteLength(text))
      if (kept > WHOLE_BYTES || bytes.length !== kept || kept > budget) return { text }
      budget -= kept
      return { text, whole: bytes }
    }
    heads.push({ step: record.index, stdout: await head('stdout'), stderr: await head('stderr') })
  }
  return heads
}

function annotate(text: string, stream: 'stdout' | 'stderr', note: StepNote, chars: number): string {
  if (stream === 'stdout') return withEnd(text, note.stdoutEnd, chars)
  if (note.stderrHidden) return ''
  const start = note.stderrStart === undefined ? text : text === '' ? note.stderrStart : `${note.stderrStart}\n${text}`
  return withEnd(cutChars(start, chars), note.stderrEnd, chars)
}

const withEnd = (text: string, end = '', chars: number): string =>
  end === '' ? text : cutChars(text, Math.max(0, chars - end.length)) + end

/** A result as the journal keeps it: lengths and texts as JSON, then the bytes one after another. */
export function encodeResult({ runRecord, signature, heads }: RunResult): Uint8Array {
  const blobs: Uint8Array[] = []
  const put = (bytes: Uint8Array) => {
    blobs.push(bytes)
    return bytes.length
  }
  const stream = ({ text, whole }: StreamHead) => ({ text, ...(whole && { whole: put(whole) }) })
  const index = {
    runRecord: put(runRecord),
    signature: put(signature),
    heads: heads.map(({ step, stdout, stderr }) => ({ step, stdout: stream(stdout), stderr: stream(stderr) })),
  }
  const json = Buffer.from(JSON.stringify(index), 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.length)
  return Buffer.concat([length, json, ...blobs])
}

interface StreamIndex {
  readonly text: string
  readonly whole?: number
}

interface ResultIndex {
  readonly runRecord: number
  readonly signature: number
  readonly heads: readonly { readonly step: number; readonly stdout: StreamIndex; readonly stderr: StreamIndex }[]
}

/** The result of bytes that `encodeResult` wrote. */
export function decodeResult(bytes: Uint8Array): RunResult {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let offset = 4 + buffer.readUInt32BE(0)
  // Checked by the journal's checksum, so these are the bytes that were encoded.
  const index = JSON.parse(buffer.toString('utf8', 4, offset)) as ResultIndex
  const take = (length: number) => {
    offset += length
    return new Uint8Array(buffer.subarray(offset - length, offset))
  }
  const runRecord = take(index.runRecord)
  const signature = take(index.signature)
  const stream = ({ text, whole }: StreamIndex): StreamHead =>
    whole === undefined ? { text } : { text, whole: take(whole) }
  const heads = index.heads.map(({ step, stdout, stderr }) => ({
    step,
    stdout: stream(stdout),
    stderr: stream(stderr),
  }))
  return { runRecord, signature, heads }
}
