import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder, moveFile, replaceFile } from '#platform/index.ts'

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
const candidatePath = (data: string): string => join(data, 'identity.next.pem')

/** The key that the agent logs in with, if there is one. */
export const readIdentity = (data: string): Identity | undefined => readKey(path(data))

/**
 * The key to enrol with, on disk before the first request so that a lost answer can be asked for again with the same
 * one. `isNew`: not the key that this host has, which stays as it is until `adoptCandidate`.
 */
export async function readCandidate(data: string, isNew: boolean): Promise<Identity> {
  return readKey(candidatePath(data)) ?? (isNew ? undefined : readIdentity(data)) ?? createCandidate(data)
}

/** Makes the key that was enrolled with this host's own. */
export async function adoptCandidate(data: string): Promise<void> {
  if (existsSync(candidatePath(data))) await moveFile(candidatePath(data), path(data))
}

async function createCandidate(data: string, file = candidatePath(data)): Promise<Identity> {
  const { privateKey } = generateKeyPairSync('ed25519')
  await makeFolder(data)
  await replaceFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  return toIdentity(privateKey)
}

/** The host's keys while the agent runs: the one in use, and the one that may follow it. */
export interface KeyRing {
  readonly current: Identity
  /** The key to change to, on disk: the same one until it is adopted. */
  next(): Promise<Identity>
  /** Makes the next key this host's own; false when the given public key (SPKI, DER) is not that of it. */
  adopt(publicKey: Uint8Array): Promise<boolean>
}

export function openKeyRing(data: string, identity: Identity): KeyRing {
  const file = join(data, 'identity.rotated.pem')
  let current = identity
  return {
    get current() {
      return current
    },
    next: async () => readKey(file) ?? createCandidate(data, file),
    async adopt(publicKey) {
      const next = readKey(file)
      if (!next?.publicKey.equals(publicKey)) return false
      await moveFile(file, path(data))
      current = next
      return true
    },
  }
}

function readKey(file: string): Identity | undefined {
  if (!existsSync(file)) return undefined
  try {
    const privateKey = createPrivateKey(readFileSync(file))
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`a key of type ${privateKey.asymmetricKeyType}`)
    return toIdentity(privateKey)
  } catch (cause) {
    throw new IdentityError(
      `${file} holds no usable Ed25519 key (${String(cause)}). Restore it, or register this host again with --force.`,
      { cause },
    )
  }
}

const toIdentity = (privateKey: KeyObject): Identity => ({
  privateKey,
  publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
})
