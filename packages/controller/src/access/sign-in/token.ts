import type { Ids } from '#kit/ids.ts'
import type { Sealer } from '#kit/seal.ts'

/** Tells a sign-in's token from other bearer tokens. */
const PREFIX = 'muster_s_'
const TOKEN_BYTES = 32

export const isSignInToken = (token: string): boolean => token.startsWith(PREFIX)
export const newToken = (ids: Pick<Ids, 'bytes'>): string =>
  PREFIX + Buffer.from(ids.bytes(TOKEN_BYTES)).toString('base64url')
/** What is stored of a token. */
export const tokenMac = (sealer: Pick<Sealer, 'mac'>, token: string): string =>
  Buffer.from(sealer.mac('sign-in-token', token)).toString('hex')
