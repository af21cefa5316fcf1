import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder, replaceFile } from '#platform/index.ts'

/** The node's own key: made on the host, never sent. */
export interface Identity {
  readonly privateKey: KeyObject
  /** SPKI in DER. */
  readonly publicKey: Buffer
}

/** The identity file is there but cannot be used; the agent does not enrol again by itself. */
export class IdentityError extends Error {
  override readonly name = 'IdentityError'
}

const path = (data: string): string => join(data, 'identity.pem')

export function readIdentity(data: string): Identity | undefined {
  if (!existsSync(path(data))) return undefined
  try {
    const privateKey = createPrivateKey(readFileSync(path(data)))
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`a key of type ${privateKey.asymmetricKeyType}`)
    return toIdentity(privateKey)
  } catch (cause) {
    throw new IdentityError(
      `${path(data)} holds no usable Ed25519 key (${String(cause)}). Restore it, or remove it and register this host again.`,
      { cause },
    )
  }
}

/** Made before the first request, so that a lost answer to it can be asked for again with the same key. */
export async function createIdentity(data: string): Promise<Identity> {
  const { privateKey } = generateKeyPairSync('ed25519')
  await makeFolder(data)
  await replaceFile(path(data), privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  return toIdentity(privateKey)
}

const toIdentity = (privateKey: KeyObject): Identity => ({
  privateKey,
  publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
})
