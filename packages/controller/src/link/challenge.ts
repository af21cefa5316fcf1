import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Clock } from '@muster/protocol/kit'
import { BINDING_BYTES } from '@muster/protocol/link'
import type { Ids } from '#kit/ids.ts'

/** Challenges for logins on plain loopback, where no channel can be bound: each good for one login within 30 s. */
export interface Challenges {
  issue(): Uint8Array
  isFresh(challenge: Uint8Array): boolean
  /** False when it was used before; called only for a login whose signature is good. */
  use(challenge: Uint8Array): boolean
}

const GOOD_FOR_MS = 30_000
const TIME_BYTES = 8
const RANDOM_BYTES = 8
const MAX_USED = 20_000

/** Nothing is kept of a challenge until it was used: time and random bytes carry a MAC of this process. */
export function createChallenges(clock: Clock, ids: Ids): Challenges {
  const key = ids.bytes(32)
  const used = new Map<string, number>()

  const macOf = (plain: Uint8Array): Buffer =>
    createHmac('sha256', key)
      .update(plain)
      .digest()
      .subarray(0, BINDING_BYTES - TIME_BYTES - RANDOM_BYTES)

  function forgetOld(now: number): void {
    for (const [challenge, until] of used) {
      if (until > now) return
      used.delete(challenge)
    }
  }

  return {
    issue() {
      const plain = Buffer.alloc(TIME_BYTES + RANDOM_BYTES)
      plain.writeBigUInt64BE(BigInt(Math.floor(clock.monotonic())))
      plain.set(ids.bytes(RANDOM_BYTES), TIME_BYTES)
      return Buffer.concat([plain, macOf(plain)])
    },
    isFresh(challenge) {
      if (challenge.length !== BINDING_BYTES) return false
      const plain = Buffer.from(challenge.subarray(0, TIME_BYTES + RANDOM_BYTES))
      const age = Math.floor(clock.monotonic()) - Number(plain.readBigUInt64BE())
      return timingSafeEqual(macOf(plain), challenge.subarray(plain.length)) && age >= 0 && age <= GOOD_FOR_MS
    },
    use(challenge) {
      const now = clock.monotonic()
      forgetOld(now)
      const name = Buffer.from(challenge).toString('base64')
      if (used.has(name) || used.size >= MAX_USED) return false
      used.set(name, now + GOOD_FOR_MS)
      return true
    },
  }
}
