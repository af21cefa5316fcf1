import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { canonicalText } from '@muster/protocol/kit'
import type { Sealer } from '#kit/seal.ts'

/** What stands at one place of the chain at one time: rows up to there cannot change unseen any more. */
export interface Checkpoint {
  readonly storeId: string
  readonly number: number
  readonly hash: Uint8Array
  readonly at: number
}

export interface SignedCheckpoint extends Checkpoint {
  readonly signature: Uint8Array
}

/** The key of a store: SPKI in DER, and the other half sealed. */
export interface CheckpointKey {
  readonly publicKey: Uint8Array
  readonly sealedKey: Uint8Array
}

const TYPE = 'muster-audit-checkpoint'
const placeOf = (storeId: string): string => `audit_head:${storeId}`
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

export function makeCheckpointKey(sealer: Pick<Sealer, 'seal'>, storeId: string): CheckpointKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return {
    publicKey: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    sealedKey: sealer.seal(privateKey.export({ type: 'pkcs8', format: 'der' }), placeOf(storeId)),
  }
}

const signedBytes = ({ storeId, number, hash, at }: Checkpoint): Buffer =>
  Buffer.from(canonicalText({ type: TYPE, store: storeId, number, hash: base64(hash), at }))

export function signCheckpoint(
  sealer: Pick<Sealer, 'open'>,
  sealedKey: Uint8Array,
  checkpoint: Checkpoint,
): SignedCheckpoint {
  const der = Buffer.from(sealer.open(sealedKey, placeOf(checkpoint.storeId)))
  const key = createPrivateKey({ key: der, type: 'pkcs8', format: 'der' })
  return { ...checkpoint, signature: new Uint8Array(sign(null, signedBytes(checkpoint), key)) }
}

export function isSignedBy(publicKey: Uint8Array, checkpoint: SignedCheckpoint): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey), type: 'spki', format: 'der' })
  return verify(null, signedBytes(checkpoint), key, checkpoint.signature)
}

/** One line for a sink, without its end. */
export const toLine = ({ storeId, number, hash, at, signature }: SignedCheckpoint): string =>
  JSON.stringify({
    ...{ type: TYPE, store: storeId, number, hash: base64(hash), at: new Date(at).toISOString() },
    signature: base64(signature),
  })

/** Reads a line of a sink; whatever stands before the object, as syslog writes it, is passed over. */
export function readLine(line: string): SignedCheckpoint | undefined {
  const start = line.indexOf('{')
  if (start < 0) return undefined
  try {
    const { type, store, number, hash, at, signature } = JSON.parse(line.slice(start)) as Record<string, unknown>
    const time = Date.parse(String(at))
    if (type !== TYPE || typeof store !== 'string' || !Number.isSafeInteger(number) || Number.isNaN(time))
      return undefined
    if (typeof hash !== 'string' || typeof signature !== 'string') return undefined
    const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
    return { storeId: store, number: number as number, hash: bytes(hash), at: time, signature: bytes(signature) }
  } catch {
    return undefined
  }
}
