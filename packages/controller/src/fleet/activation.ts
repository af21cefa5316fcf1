import type { Tag } from '#tags/index.ts'

/** A permission for a number of hosts to enrol, until a time. */
export interface Activation {
  readonly id: string
  readonly codeMac: Uint8Array
  readonly roleId: string
  readonly roleName: string
  readonly description: string | undefined
  readonly defaultName: string | undefined
  readonly limit: number
  readonly used: number
  readonly expiresAt: number
  readonly createdAt: number
  /** Immutable id of the principal that made it. */
  readonly createdBy: string
  /** Given to each node that enrols with it. */
  readonly tags: readonly Tag[]
}

const DAY_MS = 86_400_000
export const DEFAULT_LIFETIME_MS = DAY_MS
export const MAX_LIFETIME_MS = 30 * DAY_MS

/** When an activation ends, or what is wrong with the date that was asked for. */
export function planExpiry(wanted: number | undefined, at: number): number | { readonly problem: string } {
  if (wanted === undefined) return at + DEFAULT_LIFETIME_MS
  if (!Number.isFinite(wanted) || Math.abs(wanted) > 8.64e15) return { problem: 'ExpirationDate is not a date.' }
  if (wanted <= at) return { problem: `ExpirationDate ${iso(wanted)} is not in the future.` }
  if (wanted > at + MAX_LIFETIME_MS) return { problem: `ExpirationDate ${iso(wanted)} is more than 30 days ahead.` }
  return Math.floor(wanted)
}

const iso = (at: number): string => new Date(at).toISOString()

/** Whether one more host may enrol with it. */
export const isUsable = ({ used, limit, expiresAt }: Activation, at: number): boolean => used < limit && at < expiresAt

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
export const CODE_CHARS = 26
export const CODE_BYTES = Math.ceil((CODE_CHARS * 5) / 8)

/** An activation code of 130 bits in base32, from random bytes. */
export function toCode(random: Uint8Array): string {
  let bits = 0
  let pending = 0
  let code = ''
  for (const byte of random) {
    pending = (pending << 8) | byte
    bits += 8
    while (bits >= 5 && code.length < CODE_CHARS) {
      bits -= 5
      code += ALPHABET.charAt((pending >>> bits) & 31)
    }
    pending &= (1 << bits) - 1
  }
  if (code.length < CODE_CHARS) throw new RangeError(`a code needs ${CODE_BYTES} random bytes`)
  return code
}
