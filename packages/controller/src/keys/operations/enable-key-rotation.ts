import { operation } from '#api/operation.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { keyArn } from '../key.ts'
import { namedArn, requireKey } from '../named.ts'
import { nextRotation } from '../rotate.ts'
import { refuseUnusable } from '../states.ts'
import { updateKey } from '../store.ts'

const YEAR_DAYS = 365

/** Lets a key be rotated each time that it is so many days old. */
export const enableKeyRotation = ({ home }: KeyOperationDeps) =>
  operation('EnableKeyRotation', {
    kind: 'write',
    access: { action: 'kms:EnableKeyRotation', resources: ({ KeyId }) => [namedArn(home, KeyId)] },

    async handle(tx, { KeyId, RotationPeriodInDays: days = YEAR_DAYS }, { at, refuse }) {
      const key = await requireKey(tx, home, KeyId, refuse)
      refuseUnusable(key, keyArn(home, key.id), refuse)
      await updateKey(tx, key.id, { rotation_days: days, next_rotation_at: nextRotation(days, at) })
      return {}
    },
  })
