import { appendRecord, type EndedInvocation, type EntryOf, type Journal, type LiveInvocation } from '#journal/index.ts'
import type { News } from '#kit/index.ts'
import { readInto, sizeOf } from '#platform/index.ts'
import type { Execution } from './execution.ts'

/** Names one stream of one attempt. */
export interface SpoolKey {
  readonly invocationId: string
  readonly step: number
  readonly attempt: number
  readonly stream: 'stdout' | 'stderr'
}

/** One stream that the controller has not sealed yet. */
export interface Spool {
  readonly key: SpoolKey
  /** Bytes that can be read now. */
  readonly size: number
  /** The step is over: no byte will be added. */
  readonly complete: boolean
  /** Bytes beyond the cap; known once complete. */
  readonly dropped: number
  /** Fills `into` from an offset on; answers how many bytes there were. */
  read(offset: number, into: Uint8Array): Promise<number>
}

/** Output as it grows, and what is left of it until it is sealed. */
export interface OutputFollower {
  /** Streams that are open or not sealed to their end. */
  list(): Promise<Spool[]>
  /** Resolves when a stream may have grown or ended; at once when one has since the last call. */
  changed(signal?: AbortSignal): Promise<void>
  /** The controller has made more of a stream durable; when it has the end of all streams the agent forgets them. */
  sealed(key: SpoolKey, progress: { readonly ended: boolean }): Promise<void>
}

interface Place extends SpoolKey {
  readonly token: string
  /** Undefined while the step runs. */
  readonly end: { readonly kept: number; readonly dropped: number } | undefined
}

const STREAMS = ['stdout', 'stderr'] as const

/** Follows the spools that the journal knows of. */
export function createOutputs(
  journal: Journal,
  execution: Execution,
  news: News,
): OutputFollower & { tidy(): Promise<void> } {
  // Bytes alone do not end a stream: all that is kept may be sealed long before the script stops printing.
  const endSealed = new Set<string>()
  const isSealed = (place: Place) => endSealed.has(nameOf(place))
  const unsealed = () => {
    const places = [
      ...journal.runner.unfinished().flatMap(livePlaces),
      ...journal.outbox.withSpools().flatMap(endedPlaces),
    ]
    const names = new Set(places.map(nameOf))
    // Small output of an early step goes away with the result that carries it.
    for (const name of endSealed) if (!names.has(name)) endSealed.delete(name)
    return places.filter((place) => !isSealed(place))
  }

  /** Forgets ended invocations whose result is receipted and whose streams are sealed. */
  async function tidy(): Promise<void> {
    for (const ended of journal.outbox.withSpools()) {
      if (ended.result !== undefined || !endedPlaces(ended).every(isSealed)) continue
      for (const { token } of ended.spools) await execution.remove(token)
      for (const place of endedPlaces(ended)) endSealed.delete(nameOf(place))
      await appendRecord(journal, { kind: 'forgotten', invocationId: ended.invocationId })
    }
  }

  async function open({ token, end, ...key }: Place): Promise<Spool> {
    const file = execution.spoolFile(token, key.stream)
    const size = end?.kept ?? (await sizeOf(file)) ?? 0
    return {
      key,
      size,
      complete: end !== undefined,
      dropped: end?.dropped ?? 0,
      read: (offset, into) => readInto(file, offset, into.subarray(0, Math.max(0, size - offset))),
    }
  }

  return {
    list: () => Promise.all(unsealed().map(open)),
    changed: (signal) => news.wait(signal),
    async sealed(key, { ended }) {
      if (!ended) return
      endSealed.add(nameOf(key))
      await tidy()
    },
    tidy,
  }
}

const nameOf = ({ invocationId, step, attempt, stream }: SpoolKey): string =>
  `${invocationId}/${step}/${attempt}/${stream}`

/** Of a step that was entered again only the last attempt counts. */
function livePlaces({ invocationId, starting, finished }: LiveInvocation): Place[] {
  const ended = finished.flatMap((entry) => finishedPlaces(entry))
  if (starting === undefined) return ended
  const { step, attempt, token } = starting
  return [...ended, ...STREAMS.map((stream) => ({ invocationId, step, attempt, stream, token, end: undefined }))]
}

function finishedPlaces({ invocationId, token, record }: EntryOf<'finished'>): Place[] {
  if (token === undefined) return []
  const { index: step, attempt } = record
  return STREAMS.map((stream) => ({ invocationId, step, attempt, stream, token, end: record[stream] })).filter(
    ({ end }) => end.kept > 0,
  )
}

function endedPlaces({ invocationId, spools }: EndedInvocation): Place[] {
  return spools.flatMap(({ step, attempt, token, ...streams }) =>
    STREAMS.filter((stream) => !streams[stream].whole).map((stream) => ({
      invocationId,
      step,
      attempt,
      stream,
      token,
      end: streams[stream],
    })),
  )
}
