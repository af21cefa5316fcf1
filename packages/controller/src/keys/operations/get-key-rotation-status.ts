import { operation } from '#api/operation.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { namedArn, requireKey } from '../named.ts'

/** Shows whether a key is rotated by its age, and when next. */
export const getKeyRotationStatus = ({ home }: KeyOperationDeps) =>
  operation('GetKeyRotationStatus', {
    kind: 'read',
    access: { action: 'kms:GetKeyRotationStatus', resources: ({ KeyId }) => [namedArn(home, KeyId)] },

    async handle(db, { KeyId }, { refuse }) {
      const { id, rotation_days, next_rotation_at } = await requireKey(db, home, KeyId, refuse)
      return {
        ...{ KeyId: id, KeyRotationEnabled: rotation_days !== null },
        ...(rotation_days !== null && { RotationPeriodInDays: rotation_days }),
        ...(next_rotation_at !== null && { NextRotationDate: next_rotation_at / 1000 }),
      }
    },
  })
