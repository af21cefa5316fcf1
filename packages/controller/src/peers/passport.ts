import { createHash, timingSafeEqual } from 'node:crypto'
import type { Sealer } from '#kit/seal.ts'

/** Who asks whom what, and when (wall clock, ms). */
export interface Passport {
  readonly from: string
  readonly to: string
  readonly question: string
  readonly body: Uint8Array
  readonly at: number
}

export const PASSPORT_HEADER = 'x-muster-passport'
/** Controllers' clocks may differ by that much, and a passport is good for as long. */
const GOOD_FOR_MS = 60_000

const macOf = (sealer: Pick<Sealer, 'mac'>, { from, to, question, body, at }: Passport): Buffer =>
  Buffer.from(
    sealer.mac('peer passport', from, to, question, String(at), createHash('sha256').update(body).digest('hex')),
  )

/** A header that only a holder of the master key can write, for this one question to this one controller. */
export const writePassport = (sealer: Pick<Sealer, 'mac'>, passport: Passport): string =>
  `${passport.from}.${passport.at}.${macOf(sealer, passport).toString('base64url')}`

/** Whether a question comes from a controller of the same master key, was meant for this one, and is not old. */
export function checkPassport(
  sealer: Pick<Sealer, 'mac'>,
  header: string | string[] | undefined,
  asked: Omit<Passport, 'from' | 'at'>,
  now: number,
): boolean {
  const [, from = '', at = '', mac = ''] =
    /^([0-9a-z-]{1,64})\.(\d{1,15})\.([\w-]{43})$/.exec(typeof header === 'string' ? header : '') ?? []
  if (from === '' || Math.abs(now - Number(at)) > GOOD_FOR_MS) return false
  const given = Buffer.from(mac, 'base64url')
  const right = macOf(sealer, { ...asked, from, at: Number(at) })
  return given.length === right.length && timingSafeEqual(given, right)
}
