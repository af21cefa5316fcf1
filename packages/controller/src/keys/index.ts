/**
 * Keys: what secrets are sealed with. In come values to seal and to open, and operations on keys in the shapes of AWS
 * KMS; out go sealed bytes for the rows of other slices. Each value has a data key of its own, each data key is wrapped
 * by a version of a key-encryption key, and that is sealed with the store's key: what is altered or moved does not open.
 * The store's key is made once and lies in the store, sealed by each master key that opens it.
 */
import type { Operation } from '#api/operation.ts'
import type { Reader } from '#db/index.ts'
import type { Sweep } from '#kit/sweep.ts'
import { deleteDue, KEY_TYPE } from './delete.ts'
import type { KeysDeps } from './deps.ts'
import { createEnvelopes, type Envelopes } from './envelope.ts'
import { DEFAULT_ALIAS, type Key, keyArn, readReference } from './key.ts'
import { makeDefaultKey } from './make-key.ts'
import { createMaterials } from './materials.ts'
import { cancelKeyDeletion } from './operations/cancel-key-deletion.ts'
import { createAlias } from './operations/create-alias.ts'
import { createKey } from './operations/create-key.ts'
import { deleteAlias } from './operations/delete-alias.ts'
import { describeKey } from './operations/describe-key.ts'
import { disableKey } from './operations/disable-key.ts'
import { disableKeyRotation } from './operations/disable-key-rotation.ts'
import { enableKey } from './operations/enable-key.ts'
import { enableKeyRotation } from './operations/enable-key-rotation.ts'
import { getKeyRotationStatus } from './operations/get-key-rotation-status.ts'
import { listAliases } from './operations/list-aliases.ts'
import { listKeyRotations } from './operations/list-key-rotations.ts'
import { listKeys } from './operations/list-keys.ts'
import { listResourceTags } from './operations/list-resource-tags.ts'
import { rotateKeyOnDemand } from './operations/rotate-key-on-demand.ts'
import { scheduleKeyDeletion } from './operations/schedule-key-deletion.ts'
import { tagResource } from './operations/tag-resource.ts'
import { untagResource } from './operations/untag-resource.ts'
import { updateAlias } from './operations/update-alias.ts'
import { updateKeyDescription } from './operations/update-key-description.ts'
import { createRewrapping, rotateDue } from './rotate.ts'
import { findKey } from './store.ts'

export type { KeysDeps } from './deps.ts'
export type { Asking, Sealed, SealedItem } from './envelope.ts'
export { DEFAULT_ALIAS, type Key, type KeyState, KeyUnusable } from './key.ts'
export { admitMasterKey, fingerprintOf, listMasterKeys, openStoreKey, retireOthers } from './store-key.ts'

export interface Keys extends Envelopes {
  readonly operations: readonly Operation[]
  readonly sweeps: readonly Sweep[]
  /** Makes the default key in a store that has none; to be waited for before the first request. */
  ready(): Promise<void>
  /** By id, alias, or an ARN of either; undefined when unknown. */
  find(db: Reader, reference: string): Promise<Key | undefined>
}

const REWRAP_MS = 10_000
const DUE_MS = 60_000

const operations = [
  cancelKeyDeletion,
  createAlias,
  createKey,
  deleteAlias,
  describeKey,
  disableKey,
  disableKeyRotation,
  enableKey,
  enableKeyRotation,
  getKeyRotationStatus,
  listAliases,
  listKeyRotations,
  listKeys,
  listResourceTags,
  rotateKeyOnDemand,
  scheduleKeyDeletion,
  tagResource,
  untagResource,
  updateAlias,
  updateKeyDescription,
]

/** Wires the keys slice. */
export function createKeys(deps: KeysDeps): Keys {
  const { db, home, clock } = deps
  const making = { ...deps, materials: createMaterials(deps) }
  const { rewrapAll } = createRewrapping(making)
  const prefix = keyArn(home, '')
  deps.tags.registerType(KEY_TYPE, {
    arn: (id) => keyArn(home, id),
    idOf: (arn) => (arn.startsWith(prefix) ? arn.slice(prefix.length) : undefined),
    exists: async (reader, id) => (await findKey(reader, { id })) !== undefined,
  })
  return {
    operations: operations.map((make) => make(making)),
    sweeps: [
      { name: 'keys: wrap anew after a rotation', every: REWRAP_MS, run: rewrapAll },
      { name: 'keys: rotate by age', every: DUE_MS, run: () => rotateDue(making, clock.now()) },
      { name: 'keys: delete', every: DUE_MS, run: () => deleteDue(deps, clock.now()) },
    ],
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
