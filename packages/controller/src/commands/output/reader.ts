import type { Reader } from '#db/index.ts'
import type { Objects } from '#objects/index.ts'
import { readSealed } from './read.ts'
import type { OutputReceiver } from './receiver.ts'
import { streamRecordOf } from './resume.ts'
import { findHead, findRecord, findStream, type StoredStream, type StreamKey } from './store.ts'
import { sliceTail, type Tail } from './tail.ts'
import { isWholeInHead } from './whole.ts'

/** A piece of a stream as it stands. */
export interface OutputView {
  readonly data: Uint8Array
  /** Bytes that the script wrote, as far as is known. */
  readonly total: number
  readonly dropped: number
  /** All kept bytes are here, and what the node signed; or there will never be any. */
  readonly complete: boolean
}

export interface OutputRange {
  readonly offset: number
  readonly max: number
}

export interface OutputReaderDeps {
  readonly objects: Objects
  readonly receiver: Pick<OutputReceiver, 'tail'>
  /** Other controllers: they may have taken a stream further than it is open here. */
  readonly peers?: object | undefined
}

const NOTHING = new Uint8Array()

/** Reads a stream wherever its bytes are: in a row, in segments, in the open tail or in the step's head. */
export async function readOutput(
  db: Reader,
  deps: OutputReaderDeps,
  key: StreamKey,
  range: OutputRange,
): Promise<OutputView> {
  const open = deps.receiver.tail(key)
  // Its followers read at each piece: the store is not asked what it cannot know better.
  if (open !== undefined && deps.peers === undefined) return readTail(db, deps, open, range)
  const row = await findStream(db, key)
  const tail = deps.receiver.tail(key)
  if (tail !== undefined && !row?.complete && tail.attempt >= (row?.attempt ?? 0))
    return readTail(db, deps, tail, range)
  const invocation = await findRecord(db, key.commandKey, key.nodeKey)
  if (row !== undefined) {
    const view = await readRow(db, deps, key, row, range)
    return { ...view, complete: row.complete || (invocation?.terminal === true && invocation.record === null) }
  }
  if (invocation === undefined) return { data: NOTHING, total: 0, dropped: 0, complete: true }
  if (invocation.record === null) return { data: NOTHING, total: 0, dropped: 0, complete: invocation.terminal }
  return readHead(db, key, invocation.record, range)
}

async function readTail(
  db: Reader,
  { objects }: OutputReaderDeps,
  tail: Tail,
  { offset, max }: OutputRange,
): Promise<OutputView> {
  const data =
    offset < tail.sealed
      ? await readSealed(db, objects, tail.key, { offset, max: Math.min(max, tail.sealed - offset) })
      : sliceTail(tail, offset, max)
  return { data, total: tail.received, dropped: 0, complete: false }
}

async function readRow(
  db: Reader,
  { objects }: OutputReaderDeps,
  key: StreamKey,
  row: StoredStream,
  { offset, max }: OutputRange,
): Promise<Omit<OutputView, 'complete'>> {
  const { total, dropped, inline, sealed } = row
  if (inline !== null) return { data: inline.slice(offset, offset + max), total, dropped }
  const left = Math.min(max, sealed - offset)
  return { data: left > 0 ? await readSealed(db, objects, key, { offset, max: left }) : NOTHING, total, dropped }
}

async function readHead(
  db: Reader,
  key: StreamKey,
  record: Uint8Array,
  { offset, max }: OutputRange,
): Promise<OutputView> {
  const signed = streamRecordOf(record, key)
  // A step that never ran has no streams.
  if (signed === undefined) return { data: NOTHING, total: 0, dropped: 0, complete: true }
  const head = (await findHead(db, key)) ?? ''
  const { total, dropped } = signed
  if (!isWholeInHead(head, signed)) return { data: NOTHING, total, dropped, complete: false }
  return { data: new TextEncoder().encode(head).slice(offset, offset + max), total, dropped, complete: true }
}
