import type { Reader } from '#db/index.ts'
import { findRowAt, findRows, type TrailQuery, type TrailRow } from './store.ts'

export interface TrailPage {
  readonly rows: readonly TrailRow[]
  /** Where the next page begins; undefined at the end of the trail. */
  readonly next: number | undefined
}

// One look goes through so many rows at most: a filter that hardly matches ends a page early, with a token.
const ROWS_A_LOOK = 20_000
// Rows get their time when a call begins and their key when it ends, here or on another controller.
const SLACK_MS = 600_000

/** A page of the trail, newest first, from the row with key `start` on; there are no indexes but the key. */
export async function readTrail(
  db: Reader,
  query: TrailQuery,
  { start, limit }: { readonly start: number | undefined; readonly limit: number },
): Promise<TrailPage> {
  const ceiling = start ?? (await newestBefore(db, query.to))
  const floor = Math.max(1, ceiling - ROWS_A_LOOK + 1)
  const rows = await findRows(db, query, { floor, ceiling, limit })
  const last = rows.at(-1)
  if (rows.length === limit && last) return { rows, next: last.seq > 1 ? last.seq - 1 : undefined }
  const older = floor > 1 ? await findRowAt(db, floor - 1) : undefined
  const isOver = older === undefined || (query.from !== undefined && older.at < query.from - SLACK_MS)
  return { rows, next: isOver ? undefined : older.seq }
}

/** The key from which to look for rows up to a time: found by halving, since keys grow with time but for the slack. */
async function newestBefore(db: Reader, to: number | undefined): Promise<number> {
  let high = (await findRowAt(db, Number.MAX_SAFE_INTEGER))?.seq ?? 0
  if (to === undefined) return high
  let low = 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const row = await findRowAt(db, middle)
    if (row === undefined || row.at <= to + SLACK_MS) low = middle
    else high = middle - 1
  }
  return high
}
