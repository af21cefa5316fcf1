import type { AccessKey } from '#api/index.ts'
import { createCache } from './cache.ts'
import type { AccessDeps } from './deps.ts'
import { findPrincipal } from './find-principal.ts'
import { secretPlace } from './initialise.ts'
import { findKey, updateLastUsed } from './store/credentials.ts'

/** Access keys by id, with the secret that SigV4 needs back. */
export interface AccessKeys {
  find(id: string): Promise<AccessKey | undefined>
  /** Keys or users were changed here: what is remembered of them no longer holds. */
  forget(): void
  /** Writes down when the keys seen since the last time were used. */
  noteUses(): Promise<void>
}

/** What is no key id is not looked up. */
const KEY_ID = /^\w{16,128}$/
const CACHE = { keptMs: 5_000, absentMs: 2_000, max: 1_000 }

/** Makes the keeper of access keys. */
export function createAccessKeys({ db, sealer, clock, home }: AccessDeps): AccessKeys {
  const uses = new Map<string, number>()
  const cache = createCache<AccessKey>({
    ...CACHE,
    monotonic: clock.monotonic,
    async find(id) {
      const stored = await findKey(db.read, id)
      if (!stored?.active) return undefined
      const principal = await findPrincipal(db.read, home, stored.principalId)
      if (!principal) return undefined
      const secret = Buffer.from(sealer.open(stored.sealedSecret, secretPlace(id))).toString()
      return { id, secret, principal: { ...principal, keyId: id } }
    },
  })
  return {
    async find(id) {
      if (!KEY_ID.test(id)) return undefined
      const key = await cache.get(id)
      if (key) uses.set(id, clock.now())
      return key
    },
    forget: () => cache.clear(),
    async noteUses() {
      if (uses.size === 0) return
      const seen = new Map(uses)
      uses.clear()
      await db.write((tx) => updateLastUsed(tx, seen))
    },
  }
}
