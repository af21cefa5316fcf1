import type { Database, Reader } from '#db/index.ts'
import { headMac } from './chain.ts'
import { findChain, findCheckpoints, findHash, findHead, findUnsealed, type Head } from './chain-store.ts'
import { isSignedBy, type SignedCheckpoint } from './checkpoint.ts'
import type { AuditDeps } from './deps.ts'
import { CHAIN_START, isSame, linkHash, rowMac, type SealedRow } from './row.ts'

export interface Problem {
  /** Place in the chain at which the trail stops being true. */
  readonly number: number
  readonly kind: 'Altered' | 'Missing' | 'Inserted' | 'Reordered' | 'CheckpointMismatch'
  readonly sentence: string
}

/** A place up to which the chain is true, and the hash there. */
export interface Place {
  readonly number: number
  readonly hash: Uint8Array
}

export interface Walk {
  readonly checked: number
  readonly problem: Problem | undefined
  /** Where to go on; undefined when the end was reached or a problem was found. */
  readonly next: Place | undefined
}

type VerifyDeps = Pick<AuditDeps, 'sealer'>

const ROWS_A_PAGE = 1000
const UNSEALED_LOOK = 1000

export const START: Place = { number: 0, hash: CHAIN_START }

/** The place before a row, as the store has it; undefined when nothing stands there. */
export async function placeBefore(db: Reader, number: number): Promise<Place | undefined> {
  if (number <= 1) return START
  const hash = await findHash(db, number - 1)
  return hash && { number: number - 1, hash }
}

/** Goes along the chain, page by page, until its end, a problem, or `isTimeUp`. Each page is one state of the store. */
export async function walkChain(
  { db, ...deps }: VerifyDeps & { readonly db: Database },
  from: Place,
  isTimeUp: () => boolean,
): Promise<Walk> {
  let place = from
  let checked = 0
  for (;;) {
    const page = await db.snapshot((tx) => checkPage(tx, deps, place))
    checked += page.checked
    if (page.problem || page.isEnd) return { checked, problem: page.problem, next: undefined }
    place = page.place
    if (isTimeUp()) return { checked, problem: undefined, next: place }
  }
}

interface Page {
  readonly checked: number
  readonly place: Place
  readonly problem?: Problem | undefined
  readonly isEnd: boolean
}

async function checkPage(db: Reader, deps: VerifyDeps, from: Place): Promise<Page> {
  const head = await findHead(db)
  const rows = await findChain(db, from.number, ROWS_A_PAGE)
  const last = rows.at(-1)
  const checkpoints = last ? await findCheckpoints(db, from.number, ROWS_A_PAGE, last.number) : []
  let place = from
  for (const [index, row] of rows.entries()) {
    const checked = index
    const problem = await checkRow(
      deps,
      row,
      place,
      async () => rows[index + 1] ?? (await findChain(db, row.number, 1))[0],
    )
    if (problem) return { checked, place, problem, isEnd: false }
    place = { number: row.number, hash: row.hash }
    const checkpoint = checkpoints.find(({ number }) => number === row.number)
    const broken = checkpoint && head && checkCheckpoint(head, { storeId: head.store_id, ...checkpoint }, row.hash)
    if (broken) return { checked, place, problem: broken, isEnd: false }
  }
  if (rows.length === ROWS_A_PAGE) return { checked: rows.length, place, isEnd: false }
  return { checked: rows.length, place, problem: await checkEnd(db, deps, head, place), isEnd: true }
}

const told = (row: Pick<SealedRow, 'seq' | 'operation' | 'at'>): string =>
  `event ${row.seq} (${row.operation}, ${timeOf(row.at)})`
const timeOf = (at: number): string => (Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : String(at))

async function checkRow(
  { sealer }: VerifyDeps,
  row: SealedRow,
  before: Place,
  following: () => Promise<SealedRow | undefined>,
): Promise<Problem | undefined> {
  const number = before.number + 1
  if (row.number !== number) {
    const count = row.number - number
    const rows = count === 1 ? `Row ${number} is` : `Rows ${number} to ${row.number - 1} are`
    return { number, kind: 'Missing', sentence: `${rows} missing before row ${row.number}, ${told(row)}.` }
  }
  const isWritten = isSame(rowMac(sealer, row), row.mac)
  const hash = linkHash(before.hash, row)
  if (isSame(hash, row.hash)) {
    if (isWritten) return undefined
    const sentence = `Row ${number}, ${told(row)}, was not written by a controller of this store, or was altered before it was sealed.`
    return { number, kind: 'Inserted', sentence }
  }
  const next = isWritten ? await following() : undefined
  const isPlaced = !next || isSame(linkHash(hash, next), next.hash)
  if (isWritten && !isPlaced)
    return { number, kind: 'Reordered', sentence: `Row ${number}, ${told(row)}, is not the row that was sealed there.` }
  return { number, kind: 'Altered', sentence: `Row ${number}, ${told(row)}, was altered after it was sealed.` }
}

/** Whether the end that the store tells of is where the rows end, and whether those that wait are a controller's. */
async function checkEnd(
  db: Reader,
  deps: VerifyDeps,
  head: Head | undefined,
  last: Place,
): Promise<Problem | undefined> {
  const number = last.number + 1
  if (!head)
    return last.number === 0
      ? undefined
      : { number: last.number, kind: 'Missing', sentence: 'The row that tells of the end of the chain is missing.' }
  if (!isSame(headMac(deps, head), head.mac))
    return { number: head.number, kind: 'Altered', sentence: 'The row that tells of the end of the chain was altered.' }
  if (last.number < head.number)
    return {
      number,
      kind: 'Missing',
      sentence: `The chain ended at row ${head.number}; rows from ${number} on are missing.`,
    }
  if (last.number > head.number || !isSame(last.hash, head.hash))
    return {
      ...{ number: head.number + 1, kind: 'Inserted' },
      sentence: `The chain ends at row ${head.number}, but there are rows up to ${last.number}.`,
    }
  const [beyond] = await findCheckpoints(db, head.number, 1)
  if (beyond) return checkCheckpoint(head, { storeId: head.store_id, ...beyond }, undefined)
  for (const row of await findUnsealed(db, UNSEALED_LOOK))
    if (!isSame(rowMac(deps.sealer, row), row.mac))
      return {
        ...{ number, kind: 'Inserted' },
        sentence: `The row of ${told(row)}, not sealed yet, was not written by a controller of this store, or was altered.`,
      }
  return undefined
}

/** Whether a checkpoint of this store tells of the hash that stands at its place. */
export function checkCheckpoint(
  head: Pick<Head, 'store_id' | 'public_key'>,
  checkpoint: SignedCheckpoint,
  hash: Uint8Array | undefined,
): Problem | undefined {
  const { number, at, storeId } = checkpoint
  const problem = (what: string): Problem => ({
    ...{ number, kind: 'CheckpointMismatch' },
    sentence: `The checkpoint of ${timeOf(at)} at row ${number} ${what}`,
  })
  if (storeId !== head.store_id) return problem(`is of another store, ${storeId}; this is ${head.store_id}.`)
  if (!isSignedBy(head.public_key, checkpoint)) return problem("does not have this store's signature.")
  if (!hash) return problem('is of a row that is not there: rows were taken away, or this store is an older copy.')
  if (!isSame(hash, checkpoint.hash))
    return problem('has another hash than that row: what is up to there was replaced.')
  return undefined
}
