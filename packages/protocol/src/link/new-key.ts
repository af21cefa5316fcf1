import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { NewKey } from './frame.ts'

const DOMAIN = 'muster-new-key-v1\n'

/** Asks for a new key in the name of the one in use; the new one signs too, so that nobody can offer another's. */
export function signNewKey(nodeId: string, inUse: KeyObject, next: KeyObject): NewKey {
  const publicKey = createPublicKey(next).export({ type: 'spki', format: 'der' })
  const bytes = signedBytes(nodeId, publicKey)
  return { publicKey, signature: sign(null, bytes, inUse), ownSignature: sign(null, bytes, next) }
}

/** Whether the node's key in use (SPKI, DER) and the new Ed25519 key both signed this change. */
export function verifyNewKey(nodeId: string, inUse: Uint8Array, offer: NewKey): boolean {
  const bytes = signedBytes(nodeId, offer.publicKey)
  return isSignedBy(inUse, bytes, offer.signature) && isSignedBy(offer.publicKey, bytes, offer.ownSignature)
}

const signedBytes = (nodeId: string, publicKey: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${DOMAIN}${nodeId}\n`), publicKey])

function isSignedBy(spki: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, signature)
  } catch {
    return false
  }
}
