import type { Clock } from '@muster/protocol/kit'
import { parseInvocationId } from '#commands/command.ts'
import { createGroupCommit, type Database } from '#db/index.ts'
import type { OutputPiece, OutputProgress } from '#hub/link.ts'
import type { Failpoint } from '#kit/failpoint.ts'
import type { Objects } from '#objects/index.ts'
import { createBlocks } from './blocks.ts'
import { hashStream } from './read.ts'
import { resumeStream } from './resume.ts'
import { type Sealing, writeSealings } from './sealing.ts'
import { type Segment, type StreamKey, type StreamRow, streamName } from './store.ts'
import { appendPiece, createTail, forgetSealed, openParts, type Tail } from './tail.ts'

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
  /** So much of a stream whose node is gone is stored, so that a bad line need not carry it again. */
  readonly keptBytes: number
}

export interface OutputReceiver extends AsyncDisposable {
  take(piece: OutputPiece): Promise<OutputProgress>
  tail(key: StreamKey): Tail | undefined
  /** The result brought all there is of this stream. */
  forget(key: StreamKey): void
  /** Lets go of the tails of a node that is gone. */
  forgetNode(nodeKey: number): void
  /** Whether a segment at this place is stored and its row is still being written. */
  isStoring(place: string): boolean
  /** Lets go of tails of nodes that are gone: they begin again at what is sealed. */
  forgetIdle(before: number, isConnected: (nodeKey: number) => boolean): void
  /** Resolves when no part of a stream is being made durable. */
  settled(): Promise<void>
}

const openOf = ({ received, sealed }: Tail): number => received - sealed

const LIMITS: OutputLimits = {
  segmentBytes: 4 * 1024 * 1024,
  openBytes: 12 * 1024 * 1024,
  inlineBytes: 64 * 1024,
  keptBytes: 64 * 1024,
}

/** Another controller has taken this stream further: what is here of it is of no use. */
export class StreamMoved extends Error {
  override readonly name = 'StreamMoved'
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
  const blocks = createBlocks(limits.openBytes)
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
    try {
      return await add(tail, piece)
    } catch (error) {
      // Whatever became of the row: the next link looks it up.
      if (tails.get(tail.name) === tail) forget(tail.key)
      throw error
    }
  }

  async function add(tail: Tail, piece: OutputPiece): Promise<OutputProgress> {
    const before = tail.received
    appendPiece(tail, piece.offset, piece.data, blocks)
    open += tail.received - before
    tail.at = clock.now()
    const isEnd = piece.end && piece.offset + piece.data.length === tail.received
    if (isEnd) await seal(tail, piece.dropped)
    else if (openOf(tail) >= limits.segmentBytes) await sealAhead(tail)
    if (!isEnd && open > limits.openBytes) await relieve()
    if (tail.failure !== undefined) throw tail.failure
    if (tail.received > before || isEnd) deps.onChange(tail.key)
    return { received: tail.received, sealed: tail.sealed, ...(isEnd && { ended: true }) }
  }

  /** The node goes on sending while a segment is stored; not while two are full. */
  async function sealAhead(tail: Tail): Promise<void> {
    // Its failure is told to the next piece, and here when this one waits.
    const sealed = tail.sealings > 0 ? tail.turn : seal(tail).catch(() => {})
    if (openOf(tail) >= 2 * limits.segmentBytes) await sealed
  }

  /** The open tail of a piece's stream, or the answer when nothing is to be kept of it. */
  async function find(piece: OutputPiece): Promise<Tail | OutputProgress> {
    const past = piece.offset + piece.data.length
    const id = parseInvocationId(piece.invocationId)
    const commandKey = id && (await deps.findCommandKey(id.commandId))
    const unwanted = { received: past, sealed: past, ended: true }
    if (commandKey === undefined) return unwanted
    const { nodeKey, step, stream, attempt } = piece
    const key: StreamKey = { commandKey, nodeKey, step, stream }
    const isOpen = (): Tail | undefined => {
      const tail = tails.get(streamName(key))
      return tail?.attempt === attempt ? tail : undefined
    }
    for (;;) {
      const known = isOpen()
      // Of an attempt that came before the one that is open nothing is wanted.
      if ((tails.get(streamName(key))?.attempt ?? 0) > attempt) return unwanted
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
    tail.sealings += 1
    const turn = tail.turn.then(() => sealNow(tail, dropped))
    tail.turn = turn
      .catch((error: unknown) => {
        tail.failure ??= error
      })
      .finally(() => {
        tail.sealings -= 1
      })
    return turn
  }

  async function sealNow(tail: Tail, dropped: number | undefined): Promise<void> {
    const isEnd = dropped !== undefined
    const from = tail.sealed
    const parts = openParts(tail)
    const length = parts.reduce((sum, part) => sum + part.length, 0)
    if (length === 0 && !isEnd) return
    const until = from + length
    const isInline = isEnd && from === 0 && until <= limits.inlineBytes
    // What comes while this is stored is not part of it.
    const seen = isEnd ? tail.hash?.copy() : undefined
    const segment = isInline || length === 0 ? undefined : await store(tail, parts)
    const hash = async () =>
      seen?.digest('hex') ?? hashStream(db.read, objects, tail.key, { sealed: from, rest: Buffer.concat(parts) })
    const row: StreamRow = {
      ...{ ...tail.key, attempt: tail.attempt, kept: until, sealed: until, complete: false },
      ...{ total: until + (dropped ?? 0), dropped: dropped ?? 0 },
      sha256: isEnd ? await hash() : null,
      inline: isInline ? Buffer.concat(parts) : null,
    }
    try {
      const isWritten = await group.submit({ from, row, isEnd, ...(segment && { segment }) })
      if (!isWritten) throw new StreamMoved(`The output ${tail.name} goes on at another controller.`)
    } finally {
      if (segment) storing.delete(segment.place)
    }
    forgetSealed(tail, length, blocks)
    if (isEnd) deps.onEnd?.(tail.key)
    if (tails.get(tail.name) !== tail) return
    open -= length
    if (isEnd) forget(tail.key)
  }

  async function store(tail: Tail, parts: readonly Uint8Array[]): Promise<StreamKey & Segment> {
    const start = tail.sealed
    const { key: place, length } = await objects.put(...parts)
    storing.add(place)
    await failpoint('segment-stored')
    return { ...tail.key, start, length, place }
  }

  /** Seals the largest tails early, so that memory stays bounded however many nodes write. */
  function relieve(): Promise<void> {
    relieving ??= sealLargest().finally(() => {
      relieving = undefined
    })
    return relieving
  }

  async function sealLargest(): Promise<void> {
    const largest = [...tails.values()].sort((a, b) => openOf(b) - openOf(a))
    for (const tail of largest) {
      if (open <= limits.openBytes * 0.75) return
      await seal(tail)
    }
  }

  function forget(key: StreamKey): void {
    lookups.delete(streamName(key))
    const tail = tails.get(streamName(key))
    if (tail === undefined) return
    open -= openOf(tail)
    tails.delete(tail.name)
  }

  /** What is worth it is stored first; its node goes on behind it, whichever controller it comes to. */
  function letGo(tail: Tail): void {
    const { received } = tail
    const end = (): void => {
      // Its node may be back and have gone on with it.
      if (tails.get(tail.name) === tail && tail.received === received) forget(tail.key)
    }
    if (openOf(tail) < limits.keptBytes) end()
    else void seal(tail).then(end, end)
  }

  async function settled(): Promise<void> {
    const busy = (): Tail | undefined => [...tails.values()].find(({ sealings }) => sealings > 0)
    for (let tail = busy(); tail; tail = busy()) await tail.turn
  }

  return {
    take,
    tail: (key) => tails.get(streamName(key)),
    forget,
    forgetNode(nodeKey) {
      for (const tail of tails.values()) if (tail.key.nodeKey === nodeKey) letGo(tail)
    },
    isStoring: (place) => storing.has(place),
    forgetIdle(before, isConnected) {
      for (const tail of tails.values()) {
        if (tail.at < before && !isConnected(tail.key.nodeKey)) letGo(tail)
      }
      blocks.clear()
    },
    settled,
    async [Symbol.asyncDispose]() {
      for (const tail of tails.values()) letGo(tail)
      await settled()
      await group[Symbol.asyncDispose]()
    },
  }
}
