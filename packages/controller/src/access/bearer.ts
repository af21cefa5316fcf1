import type { Principal } from '#api/index.ts'
import type { Tx } from '#db/index.ts'
import { createCache } from './cache.ts'
import type { AccessDeps } from './deps.ts'
import { findPrincipal } from './find-principal.ts'
import { findBearerToken, insertBearerToken, removeBearerToken, removeBearerTokensFor } from './store/credentials.ts'

export interface NewBearerToken {
  readonly principalId: string
  /** What it is for, as lists show it: `cli`, `console` … */
  readonly purpose: string
  readonly expiresAt?: number
}

/** Tokens that stand for a principal in `Authorization: Bearer`. Only their MAC is stored. */
export interface Bearers {
  /** Answers the token: the one moment at which it can be read. */
  create(tx: Tx, token: NewBearerToken): Promise<string>
  /** Ends a token; other controllers believe it for five seconds more. */
  revoke(tx: Tx, token: string): Promise<void>
  /** Ends all tokens that were made for a purpose. */
  revokeFor(tx: Tx, purpose: string): Promise<void>
  find(token: string): Promise<Principal | undefined>
  /** Users were changed here: what is remembered of them no longer holds. */
  forget(): void
}

interface Found {
  readonly principal: Principal
  readonly expiresAt: number | undefined
}

const TOKEN_BYTES = 32
const CACHE = { keptMs: 5_000, absentMs: 2_000, max: 1_000 }

/** Makes the keeper of bearer tokens. */
export function createBearers({ db, sealer, ids, clock, home }: AccessDeps): Bearers {
  const macOf = (token: string): string => Buffer.from(sealer.mac('bearer-token', token)).toString('hex')
  const cache = createCache<Found>({
    ...CACHE,
    monotonic: clock.monotonic,
    async find(mac) {
      const stored = await findBearerToken(db.read, mac)
      const principal = stored && (await findPrincipal(db.read, home, stored.principalId))
      return principal && { principal, expiresAt: stored.expiresAt }
    },
  })
  return {
    async create(tx, { principalId, purpose, expiresAt }) {
      const token = `muster_${Buffer.from(ids.bytes(TOKEN_BYTES)).toString('base64url')}`
      await insertBearerToken(tx, { mac: macOf(token), principalId, purpose, expiresAt, createdAt: clock.now() })
      return token
    },
    async revoke(tx, token) {
      await removeBearerToken(tx, macOf(token))
      cache.drop(macOf(token))
    },
    revokeFor: removeBearerTokensFor,
    async find(token) {
      const found = await cache.get(macOf(token))
      if (!found || (found.expiresAt !== undefined && found.expiresAt <= clock.now())) return undefined
      return found.principal
    },
    forget: () => cache.clear(),
  }
}
