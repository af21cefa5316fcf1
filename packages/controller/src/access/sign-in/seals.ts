import type { Sealer } from '#kit/seal.ts'

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

/** A password's hash is sealed too: whoever has the database alone cannot even guess. */
export const sealHash = (sealer: Sealer, userId: string, hash: string): Uint8Array =>
  sealer.seal(Buffer.from(hash), `access_login:${userId}`)
export const openHash = (sealer: Sealer, userId: string, sealed: Uint8Array): string =>
  text(sealer.open(sealed, `access_login:${userId}`))

export const sealSeed = (sealer: Sealer, serial: string, seed: Uint8Array): Uint8Array =>
  sealer.seal(seed, `access_mfa_device:${serial}`)
export const openSeed = (sealer: Sealer, serial: string, sealed: Uint8Array): Uint8Array =>
  sealer.open(sealed, `access_mfa_device:${serial}`)
