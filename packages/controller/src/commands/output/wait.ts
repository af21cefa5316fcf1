import type { Clock } from '@muster/protocol/kit'
import type { Reader } from '#db/index.ts'
import type { News } from '#kit/news.ts'
import { type OutputRange, type OutputReaderDeps, type OutputView, readOutput } from './reader.ts'
import type { StreamKey } from './store.ts'

export interface OutputWait {
  readonly waitMs: number
  readonly signal: AbortSignal
}

/** Asks the controller that holds the node's link; undefined when there is none other or it does not answer. */
export type FarOutput = (
  db: Reader,
  key: StreamKey,
  range: OutputRange,
  wait: OutputWait,
) => Promise<OutputView | undefined>

export interface OutputWish {
  readonly key: StreamKey
  readonly range: OutputRange
  readonly wait: OutputWait
}

/** After an answer without anything new: who holds the link may change at this moment. */
const PAUSE_MS = 500

/** Reads a stream, waiting for what is not there yet; the bytes that are not durable are with who holds the link. */
export async function awaitOutput(
  db: Reader,
  deps: OutputReaderDeps & { readonly news: News; readonly clock: Clock },
  { key, range, wait: { waitMs, signal } }: OutputWish,
  far?: FarOutput,
): Promise<OutputView> {
  const { news, clock } = deps
  using listener = news.listen([`${key.commandKey}`, `${key.commandKey}/${key.nodeKey}`])
  const until = clock.monotonic() + waitMs
  const left = (): number => until - clock.monotonic()
  for (;;) {
    const near = await readOutput(db, deps, key, range)
    if (isNews(near)) return near
    const away = await far?.(db, key, range, { waitMs: left(), signal })
    if (away !== undefined && isNews(away)) return away
    if (left() <= 0 || signal.aborted) return away !== undefined && away.total > near.total ? away : near
    do await listener.changed(away === undefined ? left() : Math.min(left(), PAUSE_MS), signal)
    while (away === undefined && left() > 0 && !signal.aborted && isAhead(deps, key, range))
  }
}

/** Whether a reader is where the open part of a stream ends: each piece wakes it, and the store knows no more. */
const isAhead = ({ receiver }: OutputReaderDeps, key: StreamKey, { offset }: OutputRange): boolean =>
  offset >= (receiver.tail(key)?.received ?? 0) && receiver.tail(key) !== undefined

const isNews = ({ data, complete }: OutputView): boolean => data.length > 0 || complete
