import type { Database, Tx } from '#db/index.ts'
import { decrypt, encrypt, SealBroken } from '#kit/cipher.ts'
import type { Failpoint } from '#kit/failpoint.ts'
import { destroyVersion, listOutdated, listWrapped, rewrapDataKeys } from './data-key-store.ts'
import type { KeysDeps } from './deps.ts'
import { wrapPlace } from './envelope.ts'
import type { KeyVersion, Materials } from './materials.ts'
import { findKey, findVersion, insertVersion, listDue, type StoredKey, updateKey } from './store.ts'
import type { DataKeyRow, VersionRow } from './tables.ts'

const DAY_MS = 86_400_000
const BATCH = 200
const DUE_AT_ONCE = 100

/** Gives a key a new version that wraps from now on; what older ones wrapped is re-wrapped by the sweep. */
export async function rotateKey(
  tx: Tx,
  { materials }: { readonly materials: Materials },
  key: StoredKey,
  cause: VersionRow['cause'],
  at: number,
): Promise<void> {
  const version = key.version + 1
  const material_sealed = materials.create({ keyId: key.id, version })
  await insertVersion(tx, { key_id: key.id, version, material_sealed, cause, created_at: at })
  await updateKey(tx, key.id, { version, next_rotation_at: nextRotation(key.rotation_days, at) })
}

/** When a key is rotated by its age; null where it is not. */
export const nextRotation = (days: number | null, from: number): number | null =>
  days === null ? null : from + days * DAY_MS

export interface RewrapDeps extends Pick<KeysDeps, 'home' | 'log'> {
  readonly db: Database
  readonly materials: Materials
  readonly failpoint: Failpoint
}

/** Rotates keys whose age has come. */
export async function rotateDue(deps: Pick<RewrapDeps, 'db' | 'materials'>, at: number): Promise<void> {
  for (const { id } of await listDue(deps.db.read, 'rotation', at, DUE_AT_ONCE))
    await deps.db.write(async (tx) => {
      const key = await findKey(tx, { id })
      const isDue = key?.state === 'Enabled' && key.next_rotation_at !== null && key.next_rotation_at <= at
      if (isDue) await rotateKey(tx, deps, key, 'AUTOMATIC', at)
    })
}

/** The periodic work after rotations. */
export interface Rewrapping {
  /**
   * Re-wraps what older versions of keys wrap, and destroys those versions at the end. Each batch is a transaction that
   * looks anew, so it may stop anywhere and run on several controllers; values open throughout.
   */
  rewrapAll(signal: AbortSignal): Promise<void>
}

interface Batch {
  /** Where the next one goes on; undefined at the end. */
  readonly last: string | undefined
  /** Data keys that do not open, and so keep their version. */
  readonly broken: readonly string[]
}

export function createRewrapping({ db, home, materials, failpoint, log }: RewrapDeps): Rewrapping {
  // Said once a process: a round comes every few seconds.
  const told = new Set<string>()

  async function rewrapBatch(tx: Tx, from: KeyVersion, after: string): Promise<Batch> {
    const { keyId } = from
    const key = await findKey(tx, { id: keyId })
    const rows = key ? await listWrapped(tx, from, { after, limit: BATCH }) : []
    const last = rows.at(-1)?.id
    if (!key || last === undefined) return { last, broken: [] }
    const [old, current] = [await materialOf(tx, from), await materialOf(tx, { keyId, version: key.version })]
    const rewrapped: DataKeyRow[] = []
    const broken: string[] = []
    for (const row of rows) {
      const wrapped = rewrap(row, old, current)
      if (wrapped) rewrapped.push({ ...row, key_version: key.version, wrapped })
      else broken.push(row.id)
    }
    await rewrapDataKeys(tx, db.dialect, rewrapped)
    return { last, broken }
  }

  async function materialOf(tx: Tx, version: KeyVersion): Promise<Uint8Array> {
    const stored = await findVersion(tx, version.keyId, version.version)
    if (!stored?.material_sealed)
      throw new Error(`version ${version.version} of the key ${version.keyId} is not stored`)
    return materials.open(version, stored.material_sealed)
  }

  function rewrap(row: DataKeyRow, old: Uint8Array, current: Uint8Array): Uint8Array | undefined {
    const place = wrapPlace(home.accountId, row.key_id, row.id)
    try {
      return encrypt(current, decrypt(old, row.wrapped, place), place)
    } catch (error) {
      if (error instanceof SealBroken) return undefined
      throw error
    }
  }

  async function rewrapVersion(from: KeyVersion, signal: AbortSignal): Promise<void> {
    for (let after: string | undefined = ''; after !== undefined; ) {
      if (signal.aborted) return
      const position: string = after
      const { last, broken } = await db.write((tx) => rewrapBatch(tx, from, position))
      const news = broken.filter((id) => !told.has(id))
      for (const id of news) told.add(id)
      if (news.length > 0) log.error({ ...from, dataKeyIds: news }, 'data keys were altered and cannot be wrapped anew')
      after = last
      if (after !== undefined) await failpoint('data-keys-rewrapped')
    }
    const isDestroyed = await db.write(async (tx) => {
      if ((await listWrapped(tx, from, { after: '', limit: 1 })).length > 0) return false
      await destroyVersion(tx, from)
      return true
    })
    if (!isDestroyed) return
    materials.drop(from)
    log.info({ ...from }, 'nothing is wrapped by an old version of a key any more: its material was destroyed')
  }

  return {
    async rewrapAll(signal) {
      for (const version of await listOutdated(db.read)) await rewrapVersion(version, signal)
    },
  }
}
