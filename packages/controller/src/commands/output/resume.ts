import { decodeRunRecord, type StreamRecord } from '@muster/protocol/delivery'
import type { Database, Reader } from '#db/index.ts'
import type { OutputProgress } from '#hub/link.ts'
import {
  findHead,
  findRecord,
  findStream,
  isComplete,
  putStreams,
  removeSegments,
  type StreamKey,
  type StreamRow,
} from './store.ts'
import { isWholeInHead } from './whole.ts'

/** Where a stream goes on that is not open here, or the answer when nothing more of it is wanted. */
export type Resumption = { readonly sealed: number } | { readonly answer: OutputProgress }

/** Looks up what is durable of a stream; `past` is the end of the piece that asks. */
export async function resumeStream(
  db: Database,
  key: StreamKey,
  { attempt, past }: { readonly attempt: number; readonly past: number },
): Promise<Resumption> {
  const unwanted = { answer: { received: past, sealed: past, ended: true } }
  const invocation = await findRecord(db.read, key.commandKey, key.nodeKey)
  if (invocation === undefined) return unwanted
  const row = await findStream(db.read, key)
  if (row === undefined) {
    const kept = await keptInHead(db.read, key, invocation.record)
    return kept === undefined ? { sealed: 0 } : { answer: { received: kept, sealed: kept, ended: true } }
  }
  // Complete with nothing kept: its bytes were kept long enough.
  if (row.attempt > attempt || (row.complete && row.kept === 0)) return unwanted
  if (row.attempt < attempt) {
    await restartStream(db, key, attempt)
    return { sealed: 0 }
  }
  return row.sha256 === null
    ? { sealed: row.sealed }
    : { answer: { received: row.kept, sealed: row.sealed, ended: true } }
}

/** What a signed record says about a stream. */
export function streamRecordOf(record: Uint8Array, { step, stream }: StreamKey): StreamRecord | undefined {
  const decoded = decodeRunRecord(record)
  return decoded.ok ? decoded.value.steps.find(({ index }) => index === step)?.[stream] : undefined
}

/**
 * What the node's result says of a stream that is about to be stored: that it brought the whole of it by itself, that
 * it signed exactly these bytes, or nothing of either; a result that comes later looks for the row.
 */
export async function findStanding(tx: Reader, row: StreamRow): Promise<'whole' | 'signed' | 'open'> {
  const { record } = (await findRecord(tx, row.commandKey, row.nodeKey)) ?? {}
  if (record == null) return 'open'
  if ((await keptInHead(tx, row, record)) !== undefined || (await isComplete(tx, row))) return 'whole'
  const signed = streamRecordOf(record, row)
  return signed?.sha256 === row.sha256 && signed?.kept === row.kept ? 'signed' : 'open'
}

// Whole short streams came with the result and stand in their step's row.
async function keptInHead(db: Reader, key: StreamKey, record: Uint8Array | null): Promise<number | undefined> {
  const signed = record === null ? undefined : streamRecordOf(record, key)
  if (signed === undefined) return undefined
  const head = await findHead(db, key)
  return head !== undefined && isWholeInHead(head, signed) ? signed.kept : undefined
}

/** A step that was entered again writes its output anew. */
async function restartStream(db: Database, key: StreamKey, attempt: number): Promise<void> {
  await db.write(async (tx) => {
    await removeSegments(tx, key)
    await putStreams(tx, db.dialect, [
      { ...key, attempt, total: 0, kept: 0, dropped: 0, sealed: 0, sha256: null, complete: false, inline: null },
    ])
  })
}
