import { createHmac, timingSafeEqual } from 'node:crypto'

const STEP_MS = 30_000
const DIGITS = 6
/** A clock may be one step early or late. */
const DRIFT_STEPS = 1
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export const stepAt = (at: number): number => Math.floor(at / STEP_MS)

/** The code of RFC 6238 for one step of 30 s: HMAC-SHA-1, six digits. */
export function codeOf(seed: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', seed).update(counter).digest()
  const at = (mac[mac.length - 1] as number) & 15
  const number = mac.readUInt32BE(at) & 0x7fff_ffff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** The step that a code stands for now, if it is later than the last one that was used; undefined when there is none. */
export function findStep(seed: Uint8Array, code: string, at: number, lastStep: number): number | undefined {
  const given = Buffer.from(code.padEnd(DIGITS).slice(0, DIGITS))
  let found: number | undefined
  for (let step = stepAt(at) - DRIFT_STEPS; step <= stepAt(at) + DRIFT_STEPS; step++)
    if (timingSafeEqual(given, Buffer.from(codeOf(seed, step))) && code.length === DIGITS && step > lastStep)
      found ??= step
  return found
}

/** Base32 of RFC 4648, as apps take a seed by hand; without padding. */
export function toBase32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** What an app reads from a picture. */
export const seedUri = (account: string, userName: string, seed: Uint8Array): string =>
  `otpauth://totp/${encodeURIComponent(`Muster:${userName}@${account}`)}?secret=${toBase32(seed)}&issuer=Muster`
