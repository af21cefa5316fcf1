import { operation } from '#api/operation.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { keyArn } from '../key.ts'
import { namedArn, requireKey } from '../named.ts'
import { refuseUnusable } from '../states.ts'
import { updateKey } from '../store.ts'

/** Leaves a key as old as it gets; it can still be rotated on demand. */
export const disableKeyRotation = ({ home }: KeyOperationDeps) =>
  operation('DisableKeyRotation', {
    kind: 'write',
    access: { action: 'kms:DisableKeyRotation', resources: ({ KeyId }) => [namedArn(home, KeyId)] },

    async handle(tx, { KeyId }, { refuse }) {
      const key = await requireKey(tx, home, KeyId, refuse)
      refuseUnusable(key, keyArn(home, key.id), refuse)
      await updateKey(tx, key.id, { rotation_days: null, next_rotation_at: null })
      return {}
    },
  })
