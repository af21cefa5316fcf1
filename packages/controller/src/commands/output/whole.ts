import { sha256Hex } from '@muster/protocol/delivery'
import type { Database, Tx } from '#db/index.ts'
import { findStreams, markComplete, putStreams, type StreamKey, type StreamRow, streamName } from './store.ts'

/** A stream as a checked result tells of it. */
export interface ReportedStream extends StreamKey {
  readonly attempt: number
  readonly total: number
  readonly kept: number
  readonly dropped: number
  readonly sha256: string
  readonly head: string
  /** All kept bytes, when they came with the result. */
  readonly whole?: Uint8Array
}

const encoder = new TextEncoder()

/** Whether the head that stands in the step's row is the whole stream, byte for byte. */
export function isWholeInHead(head: string, stream: { readonly kept: number; readonly sha256: string }): boolean {
  const bytes = encoder.encode(head)
  return bytes.length === stream.kept && sha256Hex(bytes) === stream.sha256
}

/** Stores what results bring of their output, and completes what the output lane has brought already. */
export async function applyReported(
  tx: Tx,
  dialect: Database['dialect'],
  streams: readonly ReportedStream[],
): Promise<void> {
  const byCommand = Map.groupBy(streams, ({ commandKey }) => commandKey)
  const whole: StreamRow[] = []
  const complete: StreamKey[] = []
  for (const [commandKey, reported] of byCommand) {
    const nodeKeys = [...new Set(reported.map(({ nodeKey }) => nodeKey))]
    const stored = await findStreams(tx, dialect, commandKey, nodeKeys)
    for (const stream of reported) {
      const row = stored.get(streamName(stream))
      if (row?.complete) continue
      // Most output is short text: its head is all of it, and no row is written.
      if (row === undefined && isWholeInHead(stream.head, stream)) continue
      if (stream.whole !== undefined) whole.push(toRow(stream, stream.whole))
      else if (row?.sha256 === stream.sha256 && row.sealed === stream.kept) complete.push(stream)
    }
  }
  await putStreams(tx, dialect, whole)
  await markComplete(tx, dialect, complete)
}

const toRow = (stream: ReportedStream, whole: Uint8Array): StreamRow => ({
  ...{ commandKey: stream.commandKey, nodeKey: stream.nodeKey, step: stream.step, stream: stream.stream },
  ...{ attempt: stream.attempt, total: stream.total, kept: stream.kept, dropped: stream.dropped },
  ...{ sealed: stream.kept, sha256: stream.sha256, complete: true, inline: whole },
})
