import { createHmac, hkdfSync } from 'node:crypto'
import { decrypt, encrypt, KEY_BYTES } from './cipher.ts'
import { MasterKeyError } from './master-key.ts'

export interface Sealer {
  /** Encrypts for one place: `aad` names it (table, row, version), and only the same name opens it. */
  seal(plain: Uint8Array, aad: string): Uint8Array
  open(sealed: Uint8Array, aad: string): Uint8Array
  /** A keyed hash of the parts, kept apart from the hashes of every other domain. */
  mac(domain: string, ...parts: (string | Uint8Array)[]): Uint8Array
}

/** Seals and hashes with keys derived from the master key, one for each purpose. */
export const createSealer = (masterKey: Uint8Array): Sealer => {
  if (masterKey.length !== KEY_BYTES)
    throw new MasterKeyError(`A master key has ${KEY_BYTES} bytes, not ${masterKey.length}.`)
  const derive = (purpose: string) =>
    new Uint8Array(hkdfSync('sha256', masterKey, new Uint8Array(0), `muster ${purpose}`, KEY_BYTES))
  const sealKey = derive('seal v1')
  const macKeys = new Map<string, Uint8Array>()

  // Domains are names in the code, so their number is small.
  const macKey = (domain: string): Uint8Array => {
    const known = macKeys.get(domain)
    if (known !== undefined) return known
    const key = derive(`mac v1 ${domain}`)
    macKeys.set(domain, key)
    return key
  }

  return {
    seal: (plain, aad) => encrypt(sealKey, plain, aad),
    open: (sealed, aad) => decrypt(sealKey, sealed, aad),
    mac(domain, ...parts) {
      const hmac = createHmac('sha256', macKey(domain))
      const length = Buffer.alloc(8)
      // Each part is preceded by its length: ('ab', 'c') is not ('a', 'bc').
      for (const part of parts) {
        const bytes = typeof part === 'string' ? Buffer.from(part) : part
        length.writeBigUInt64BE(BigInt(bytes.length))
        hmac.update(length).update(bytes)
      }
      return new Uint8Array(hmac.digest())
    },
  }
}
