import { KEY_BYTES, SealBroken } from '#kit/cipher.ts'
import type { Ids } from '#kit/ids.ts'
import type { Sealer } from '#kit/seal.ts'

/** One version of a key-encryption key. */
export interface KeyVersion {
  readonly keyId: string
  readonly version: number
}

/** The material of keys: sealed in the store, open in memory for as long as it is in use. */
export interface Materials {
  /** New material for a version: what to store. */
  create(version: KeyVersion): Uint8Array
  /** Throws SealBroken when it was altered or belongs to another version. */
  open(version: KeyVersion, sealed: Uint8Array): Uint8Array
  /** Forgets what was destroyed. */
  drop(version: KeyVersion): void
}

const KEPT = 1_000

/** Makes the keeper of keys' material; the material of a version never changes, so what is remembered cannot be stale. */
export function createMaterials({ ids, sealer }: { readonly ids: Ids; readonly sealer: Sealer }): Materials {
  const open = new Map<string, Uint8Array>()
  const nameOf = ({ keyId, version }: KeyVersion): string => `keys_version:${keyId}:${version}`
  return {
    create: (version) => sealer.seal(ids.bytes(KEY_BYTES), nameOf(version)),
    open(version, sealed) {
      const name = nameOf(version)
      const known = open.get(name)
      if (known) return known
      const material = sealer.open(sealed, name)
      if (material.length !== KEY_BYTES) throw new SealBroken(`The material of ${name} is not a key.`)
      open.set(name, material)
      if (open.size > KEPT) for (const oldest of open.keys()) if (open.delete(oldest)) break
      return material
    },
    drop: (version) => void open.delete(nameOf(version)),
  }
}
