import type { Tx } from '#db/index.ts'
import { noFailpoint } from '#kit/failpoint.ts'
import {
  findHead,
  findUnsealed,
  type Head,
  insertCheckpoint,
  insertHead,
  lockHead,
  placeRows,
  type UnsealedRow,
  updateHead,
} from './chain-store.ts'
import { makeCheckpointKey, signCheckpoint } from './checkpoint.ts'
import type { ChainDeps } from './deps.ts'
import { CHAIN_START, isSame, linkHash, rowMac } from './row.ts'

const ROWS_A_CHECKPOINT = 1000
const CHECKPOINT_MS = 60_000
const HELD_MS = 10_000

/** Gives rows their places in the chain: one controller at a time, and the row of its end decides who. */
export interface Chain {
  /** Seals what is there, in batches, until nothing is left or the signal fires; signs checkpoints when they are due. */
  seal(signal: AbortSignal): Promise<void>
}

/** Shows that a controller wrote the end of the chain. */
export const headMac = ({ sealer }: Pick<ChainDeps, 'sealer'>, head: GuardedHead): Uint8Array =>
  sealer.mac(
    'audit-head',
    JSON.stringify([head.store_id, head.number, head.checkpoint_number, head.checkpoint_at]),
    ...[head.hash, head.public_key, head.key_sealed],
  )

type GuardedHead = Omit<Head, 'id' | 'mac' | 'holder' | 'held_until'>

export function createChain(deps: ChainDeps): Chain {
  const { db, sealer, clock, controllerId, log, failpoint = noFailpoint } = deps

  const ensureHead = async (): Promise<Head> => {
    const found = await findHead(db.read)
    if (found) return found
    await db.write(async (tx) => {
      if (await lockHead(tx, db.dialect)) return
      await insertHead(tx, firstHead(deps))
    })
    return ensureHead()
  }

  /** Rows are read before the transaction: they never change, and a range that is read in it would meet every writer. */
  async function sealBatch(): Promise<boolean> {
    const seen = await ensureHead()
    const room = Math.max(1, ROWS_A_CHECKPOINT - (seen.number - seen.checkpoint_number))
    const rows = await findUnsealed(db.read, room)
    if (rows.length === 0 && !isDue(seen, clock.now())) return false
    for (const row of rows)
      if (!isSame(rowMac(sealer, row), row.mac))
        log.error({ row: row.seq }, 'audit: a row was not written by a controller of this store, or was altered')
    const isSealed = await db.write(async (tx) => {
      const head = await lockHead(tx, db.dialect)
      const now = await db.dialect.databaseNow(tx)
      if (!head || !isSame(head.hash, seen.hash) || head.number !== seen.number) return false
      // A lease that ends later than any that is given is nobody's.
      if (head.holder !== controllerId && head.held_until > now && head.held_until <= now + HELD_MS) return false
      return extend(tx, head, rows, now + HELD_MS)
    })
    return isSealed && rows.length === room
  }

  async function extend(tx: Tx, head: Head, rows: readonly UnsealedRow[], heldUntil: number): Promise<boolean> {
    let { number, hash } = head
    const places = rows.map((row) => {
      number += 1
      hash = linkHash(hash, { ...row, number })
      return { seq: row.seq, number, hash }
    })
    if (!(await placeRows(tx, db.dialect, places))) throw new Error('A row was taken away while it was sealed.')
    await failpoint('audit-sealing')
    const at = clock.now()
    const isCheckpoint = isDue({ ...head, number }, at)
    if (isCheckpoint) {
      const checkpoint = { storeId: head.store_id, number, hash, at: Math.floor(at) }
      const { signature } = signCheckpoint(sealer, head.key_sealed, checkpoint)
      await insertCheckpoint(tx, { number, hash, at: checkpoint.at, signature })
    }
    const { checkpoint_number, checkpoint_at } = head
    const checkpointed = isCheckpoint
      ? { checkpoint_number: number, checkpoint_at: Math.floor(at) }
      : { checkpoint_number, checkpoint_at }
    const moved = { ...head, number, hash, ...checkpointed }
    const place = { number, hash, ...checkpointed, mac: headMac(deps, moved) }
    await updateHead(tx, { ...place, holder: controllerId, held_until: heldUntil })
    return true
  }

  return {
    async seal(signal) {
      while (!signal.aborted && (await sealBatch()));
    },
  }
}

/** Whether rows since the last checkpoint are many or old enough for another. */
const isDue = (head: Pick<Head, 'number' | 'checkpoint_number' | 'checkpoint_at'>, at: number): boolean => {
  const fresh = head.number - head.checkpoint_number
  return fresh >= ROWS_A_CHECKPOINT || (fresh > 0 && Math.abs(at - head.checkpoint_at) >= CHECKPOINT_MS)
}

function firstHead(deps: ChainDeps): Omit<Head, 'id'> {
  const storeId = deps.ids.uuid()
  const { publicKey, sealedKey } = makeCheckpointKey(deps.sealer, storeId)
  const start = {
    ...{ store_id: storeId, public_key: publicKey, key_sealed: sealedKey, number: 0, hash: CHAIN_START },
    ...{ checkpoint_number: 0, checkpoint_at: Math.floor(deps.clock.now()) },
  }
  return { ...start, mac: headMac(deps, start), holder: deps.controllerId, held_until: 0 }
}
