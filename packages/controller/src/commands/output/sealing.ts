import type { Database, Tx } from '#db/index.ts'
import { findStanding } from './resume.ts'
import {
  findStream,
  insertSegments,
  putStreams,
  removeSegments,
  type Segment,
  type StoredStream,
  type StreamKey,
  type StreamRow,
} from './store.ts'

/** A part of a stream that is about to be durable. */
export interface Sealing {
  /** Where it goes on: what was durable before. */
  readonly from: number
  readonly row: StreamRow
  readonly segment?: StreamKey & Segment
  readonly isEnd: boolean
}

/** Writes sealings and answers for each whether it went on where the row ended; a stale one leaves nothing behind. */
export async function writeSealings(
  tx: Tx,
  dialect: Database['dialect'],
  sealings: readonly Sealing[],
): Promise<boolean[]> {
  const wanted: Sealing[] = []
  const written: boolean[] = []
  for (const sealing of sealings) {
    const { row, isEnd } = sealing
    const stored = await findStream(tx, row)
    const isNext = follows(stored, sealing)
    // Segments of an earlier attempt may have come after this one had begun.
    if (isNext && stored !== undefined && stored.attempt < row.attempt) await removeSegments(tx, row)
    written.push(isNext)
    const standing = isNext ? await findStanding(tx, row) : 'whole'
    if (standing !== 'whole') wanted.push({ ...sealing, row: { ...row, complete: isEnd && standing === 'signed' } })
  }
  await insertSegments(
    tx,
    dialect,
    wanted.flatMap(({ segment }) => segment ?? []),
  )
  await putStreams(
    tx,
    dialect,
    wanted.map(({ row }) => row),
  )
  return written
}

/** Whether a sealing is the next one of its stream: two controllers may have had the same node one after the other. */
function follows(stored: StoredStream | undefined, { from, row }: Sealing): boolean {
  if (stored === undefined || stored.attempt < row.attempt) return from === 0
  if (stored.attempt > row.attempt || stored.sealed !== from) return false
  return stored.sha256 === null || row.sealed === from
}
