import { SealBroken } from '#kit/cipher.ts'
import type { SessionFacts } from '#kit/identity.ts'
import type { Ids } from '#kit/ids.ts'
import type { Sealer } from '#kit/seal.ts'
import { newSecret, toIdText } from './principals.ts'

/** Whom temporary credentials stand for, by immutable ids: names are looked up when they are used. */
export type SessionOf =
  | { readonly kind: 'root' }
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'role'; readonly roleId: string; readonly sessionName: string }
  | { readonly kind: 'node'; readonly roleId: string; readonly nodeId: string }

/** What a session token holds, sealed: nothing of it is stored. */
export interface Session extends Pick<SessionFacts, 'issuedAt' | 'issuer' | 'roleIds'> {
  readonly of: SessionOf
  readonly secret: string
  readonly expiresAt: number
  /** The policy that it was asked for with. */
  readonly policy?: string
  /** ARNs of the managed policies that it was asked for with. */
  readonly policyArns?: readonly string[]
}

export interface SessionCredentials {
  readonly id: string
  readonly secret: string
  readonly token: string
  readonly expiresAt: number
}

const KIND = 'ASIA'
const HALF = 8
const placeOf = (keyId: string): string => `session:${keyId}`

/** The second half of a temporary key's id proves that it was given here, since no key is stored. */
const proofOf = (sealer: Pick<Sealer, 'mac'>, half: string): string =>
  toIdText(sealer.mac('session-key-id', half).subarray(0, HALF))

/** Makes a key, its secret and the token that holds the session. */
export function sealSession(
  { sealer, ids }: { readonly sealer: Sealer; readonly ids: Ids },
  session: Omit<Session, 'secret'>,
): SessionCredentials {
  const half = toIdText(ids.bytes(HALF))
  const id = `${KIND}${half}${proofOf(sealer, half)}`
  const secret = newSecret(ids)
  const sealed = sealer.seal(Buffer.from(JSON.stringify({ ...session, secret })), placeOf(id))
  return { id, secret, token: Buffer.from(sealed).toString('base64'), expiresAt: session.expiresAt }
}

/** The session in a token; undefined when it is not the token of that key. */
export function openSession(sealer: Sealer, keyId: string, token: string): Session | undefined {
  if (!isSessionKey(sealer, keyId) || !/^[A-Za-z0-9+/]+={0,2}$/.test(token)) return undefined
  try {
    return JSON.parse(Buffer.from(sealer.open(Buffer.from(token, 'base64'), placeOf(keyId))).toString()) as Session
  } catch (error) {
    if (error instanceof SealBroken) return undefined
    throw error
  }
}

/** Whether a key's id is that of temporary credentials from here. */
export function isSessionKey(sealer: Pick<Sealer, 'mac'>, keyId: string): boolean {
  const half = keyId.slice(KIND.length, KIND.length + HALF)
  return keyId === `${KIND}${half}${proofOf(sealer, half)}`
}
