/**
 * Keys: what secrets are sealed with. In come values to seal and to open, and operations on keys in the shapes of AWS
 * KMS; out go sealed bytes for the rows of other slices. Each value has a data key of its own, each data key is wrapped
 * by a version of a key-encryption key, and that is sealed with the store's key: what is altered or moved does not open.
 */
import type { Operation } from '#api/operation.ts'
import type { Reader } from '#db/index.ts'
import type { KeysDeps } from './deps.ts'
import { createEnvelopes, type Envelopes } from './envelope.ts'
import { DEFAULT_ALIAS, type Key, keyArn, readReference } from './key.ts'
import { makeDefaultKey } from './make-key.ts'
import { createMaterials } from './materials.ts'
import { findKey } from './store.ts'

export type { KeysDeps } from './deps.ts'
export type { Asking, Sealed, SealedItem } from './envelope.ts'
export { DEFAULT_ALIAS, type Key, type KeyState, KeyUnusable } from './key.ts'

export interface Keys extends Envelopes {
  readonly operations: readonly Operation[]
  /** Makes the default key in a store that has none; to be waited for before the first request. */
  ready(): Promise<void>
  /** By id, alias, or an ARN of either; undefined when unknown. */
  find(db: Reader, reference: string): Promise<Key | undefined>
}

/** Wires the keys slice. */
export function createKeys(deps: KeysDeps): Keys {
  const { db, home, clock } = deps
  const making = { ...deps, materials: createMaterials(deps) }
  return {
    operations: [],
    ...createEnvelopes(making),
    async ready() {
      if (!(await findKey(db.read, { alias: DEFAULT_ALIAS })))
        await db.write((tx) => makeDefaultKey(tx, making, clock.now()))
    },
    async find(reader, reference) {
      const named = readReference(home, reference)
      const key = named && (await findKey(reader, named))
      return key && { id: key.id, arn: keyArn(home, key.id), state: key.state }
    },
  }
}
