import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** What is sealed was altered, belongs to another place, or was sealed with another key. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
}

export const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const FORMAT = 1
const CIPHER = 'aes-256-gcm'

/** Encrypts with a key of 32 bytes for one place: `aad` names it, and only the same name opens it. */
export function encrypt(key: Uint8Array, plain: Uint8Array, aad: string): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(aad))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return new Uint8Array(Buffer.concat([Uint8Array.of(FORMAT), nonce, body, cipher.getAuthTag()]))
}

/** Gives back what `encrypt` took; throws SealBroken. */
export function decrypt(key: Uint8Array, sealed: Uint8Array, aad: string): Uint8Array {
  if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== FORMAT)
    throw new SealBroken('These bytes were not sealed by Muster.')
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(1, 1 + NONCE_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(aad)).setAuthTag(sealed.subarray(-TAG_BYTES))
  try {
    const start = decipher.update(sealed.subarray(1 + NONCE_BYTES, -TAG_BYTES))
    return new Uint8Array(Buffer.concat([start, decipher.final()]))
  } catch (error) {
    throw new SealBroken(`The sealed bytes do not open as ${aad}.`, { cause: error })
  }
}
