import type { Clock } from '@muster/protocol/kit'
import { parseInvocationId } from '#commands/command.ts'
import { createGroupCommit, type Database, type Tx } from '#db/index.ts'
import type { OutputPiece, OutputProgress } from '#hub/link.ts'
import type { Failpoint } from '#kit/failpoint.ts'
import type { Objects } from '#objects/index.ts'
import { hashStream } from './read.ts'
import { findStanding, resumeStream } from './resume.ts'
import {
  findStream,
  insertSegments,
  putStreams,
  type Segment,
  type StoredStream,
  type StreamKey,
  type StreamRow,
  streamName,
} from './store.ts'
import { appendPiece, createTail, forgetSealed, openBytes, type Tail } from './tail.ts'

export interface OutputReceiverDeps {
  readonly db: Database
  readonly objects: Objects
  readonly clock: Clock
  readonly failpoint: Failpoint
  /** Key of the command that an id names; undefined when there is none (any more). */
  readonly findCommandKey: (commandId: string) => Promise<number | undefined>
  readonly onChange: (key: StreamKey) => void
  /** The last byte of a stream is stored. */
  readonly onEnd?: (key: StreamKey) => void
  readonly limits?: Partial<OutputLimits>
}

export interface OutputLimits {
  readonly segmentBytes: number
  /** Of all open tails together. */
  readonly openBytes: number
  readonly inlineBytes: number
}

export interface OutputReceiver extends AsyncDisposable {
  take(piece: OutputPiece): Promise<OutputProgress>
  tail(key: StreamKey): Tail | undefined
  /** The result brought all there is of this stream. */
  forget(key: StreamKey): void
  /** Gives up the tails of a node that is gone. */
  forgetNode(nodeKey: number): void
  /** Whether a segment at this place is stored and its row is still being written. */
  isStoring(place: string): boolean
  /** Gives up tails of nodes that are gone: they begin again at what is sealed. */
  forgetIdle(before: number, isConnected: (nodeKey: number) => boolean): void
}

const LIMITS: OutputLimits = { segmentBytes: 4 * 1024 * 1024, openBytes: 12 * 1024 * 1024, inlineBytes: 64 * 1024 }

/** Another controller has taken this stream further: what is here of it is of no use. */
export class StreamMoved extends Error {
  override readonly name = 'StreamMoved'
}

interface Sealing {
  /** Where it goes on: what was durable before. */
  readonly from: number
  readonly row: StreamRow
  readonly segment?: StreamKey & Segment
  readonly isEnd: boolean
}

/** Takes output by offset: a repeated piece is harmless, and `sealed` is said only of what is durable. */
export function createOutputReceiver(deps: OutputReceiverDeps): OutputReceiver {
  const { db, objects, clock, failpoint } = deps
  const limits = { ...LIMITS, ...deps.limits }
  const tails = new Map<string, Tail>()
  const storing = new Set<string>()
  /** Streams being looked up. Whoever settles one meanwhile takes it out, and what was read of it counts no more. */
  const lookups = new Set<string>()
  let open = 0
  let relieving: Promise<void> | undefined
  const group = createGroupCommit<Sealing, boolean>({
    db,
    apply: (tx, sealings) => writeSealings(tx, db.dialect, sealings),
    onParked: (_sealing, error) => {
      throw error
    },
  })

  async function take(piece: OutputPiece): Promise<OutputProgress> {
    const tail = await find(piece)
    if (!('chunks' in tail)) return tail
    const before = tail.received
    appendPiece(tail, piece.offset, piece.data)
    open += tail.received - before
    tail.at = clock.now()
    const isEnd = piece.end && piece.offset + piece.data.length === tail.received
    if (isEnd || tail.received - tail.sealed >= limits.segmentBytes) await seal(tail, isEnd ? piece.dropped : undefined)
    else if (open > limits.openBytes) await relieve()
    if (tail.received > before || isEnd) deps.onChange(tail.key)
    return { received: tail.received, sealed: tail.sealed, ...(isEnd && { ended: true }) }
  }

  /** The open tail of a piece's stream, or the answer when nothing is to be kept of it. */
  async function find(piece: OutputPiece): Promise<Tail | OutputProgress> {
    const past = piece.offset + piece.data.length
    const id = parseInvocationId(piece.invocationId)
    const commandKey = id && (await deps.findCommandKey(id.commandId))
    if (commandKey === undefined) return { received: past, sealed: past, ended: true }
    const { nodeKey, step, stream, attempt } = piece
    const key: StreamKey = { commandKey, nodeKey, step, stream }
    const isOpen = (): Tail | undefined => {
      const tail = tails.get(streamName(key))
      return tail?.attempt === attempt ? tail : undefined
    }
    for (;;) {
      const known = isOpen()
      if (known !== undefined && piece.offset <= known.received) return known
      lookups.add(streamName(key))
      const resumption = await resumeStream(db, key, { attempt, past })
      // Its result came meanwhile, or a second link of the node has opened it.
      if (!lookups.delete(streamName(key))) continue
      // A gap: either another controller has stored what is missing here, or the piece is not taken.
      const still = isOpen()
      if (still !== undefined && 'sealed' in resumption && resumption.sealed <= still.received) return still
      if ('answer' in resumption) return resumption.answer
      forget(key)
      const tail = createTail(key, attempt, resumption.sealed, clock.now())
      tails.set(tail.name, tail)
      return tail
    }
  }

  /** Makes the open part durable; with `dropped` the stream has ended. */
  function seal(tail: Tail, dropped?: number): Promise<void> {
    const turn = tail.turn.then(() => sealNow(tail, dropped))
    tail.turn = turn.catch(() => undefined)
    return turn
  }

  async function sealNow(tail: Tail, dropped: number | undefined): Promise<void> {
    const isEnd = dropped !== undefined
    const bytes = openBytes(tail)
    const until = tail.sealed + bytes.length
    if (bytes.length === 0 && !isEnd) return
    const isInline = isEnd && tail.sealed === 0 && until <= limits.inlineBytes
    // What comes while this is stored is not part of it.
    const seen = tail.hash?.copy()
    const segment = isInline || bytes.length === 0 ? undefined : await store(tail, bytes)
    const hash = async () =>
      seen?.digest('hex') ?? hashStream(db.read, objects, tail.key, { sealed: tail.sealed, rest: bytes })
    const row: StreamRow = {
      ...{ ...tail.key, attempt: tail.attempt, kept: until, sealed: until, complete: false },
      ...{ total: until + (dropped ?? 0), dropped: dropped ?? 0 },
      sha256: isEnd ? await hash() : null,
      inline: isInline ? bytes : null,
    }
    try {
      const isWritten = await group.submit({ from: tail.sealed, row, isEnd, ...(segment && { segment }) })
      if (!isWritten) throw new StreamMoved(`The output ${tail.name} goes on at another controller.`)
    } catch (error) {
      // Whatever became of the row: the next piece looks it up.
      if (tails.get(tail.name) === tail) forget(tail.key)
      throw error
    } finally {
      if (segment) storing.delete(segment.place)
    }
    forgetSealed(tail, bytes.length)
    if (isEnd) deps.onEnd?.(tail.key)
    if (tails.get(tail.name) !== tail) return
    open -= bytes.length
    if (isEnd) forget(tail.key)
  }

  async function store(tail: Tail, bytes: Uint8Array): Promise<StreamKey & Segment> {
    const { key: place } = await objects.put(bytes)
    storing.add(place)
    await failpoint('segment-stored')
    return { ...tail.key, start: tail.sealed, length: bytes.length, place }
  }

  /** Seals the largest tails early, so that memory stays bounded however many nodes write. */
  function relieve(): Promise<void> {
    relieving ??= sealLargest().finally(() => {
      relieving = undefined
    })
    return relieving
  }

  async function sealLargest(): Promise<void> {
    const largest = [...tails.values()].sort((a, b) => b.received - b.sealed - (a.received - a.sealed))
    for (const tail of largest) {
      if (open <= limits.openBytes * 0.75) return
      await seal(tail)
    }
  }

  function forget(key: StreamKey): void {
    lookups.delete(streamName(key))
    const tail = tails.get(streamName(key))
    if (tail === undefined) return
    open -= tail.received - tail.sealed
    tails.delete(tail.name)
  }

  return {
    take,
    tail: (key) => tails.get(streamName(key)),
    forget,
    forgetNode(nodeKey) {
      for (const { key } of tails.values()) if (key.nodeKey === nodeKey) forget(key)
    },
    isStoring: (place) => storing.has(place),
    forgetIdle(before, isConnected) {
      for (const tail of tails.values()) {
        if (tail.at < before && !isConnected(tail.key.nodeKey)) forget(tail.key)
      }
    },
    [Symbol.asyncDispose]: () => group[Symbol.asyncDispose](),
  }
}

/** Writes sealings and answers for each whether it went on where the row ended; a stale one leaves nothing behind. */
async function writeSealings(tx: Tx, dialect: Database['dialect'], sealings: readonly Sealing[]): Promise<boolean[]> {
  const wanted: Sealing[] = []
  const written: boolean[] = []
  for (const sealing of sealings) {
    const { row, isEnd } = sealing
    const isNext = follows(await findStream(tx, row), sealing)
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
