import { operation } from '#api/operation.ts'
import { countUses } from '../data-key-store.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { keyArn } from '../key.ts'
import { namedArn, requireKey } from '../named.ts'
import { refusePending } from '../states.ts'
import { updateKey } from '../store.ts'

const DAY_MS = 86_400_000
const LONGEST_DAYS = 30

/**
 * Stops a key now and deletes it in 7 to 30 days. Unlike KMS, Muster knows what it seals: a key that still seals values
 * goes only where Force says that they may be lost.
 */
export const scheduleKeyDeletion = ({ home }: KeyOperationDeps) =>
  operation('ScheduleKeyDeletion', {
    kind: 'write',
    access: { action: 'kms:ScheduleKeyDeletion', resources: ({ KeyId }) => [namedArn(home, KeyId)] },

    async handle(tx, { KeyId, PendingWindowInDays = LONGEST_DAYS, Force = false }, { at, refuse }) {
      const key = await requireKey(tx, home, KeyId, refuse)
      const arn = keyArn(home, key.id)
      refusePending(key, arn, refuse)
      if (key.manager === 'AWS')
        throw refuse('KMSInvalidStateException', `${arn} seals where no other key is named: it cannot be deleted.`)
      const { sealed } = await countUses(tx, key.id, key.version)
      if (sealed > 0 && !Force)
        throw refuse(
          'KMSInvalidStateException',
          `${arn} seals ${sealed} ${sealed === 1 ? 'value' : 'values'} that would be lost with it. Write them with another key, or set Force.`,
        )
      const deletion_at = at + PendingWindowInDays * DAY_MS
      await updateKey(tx, key.id, {
        state: 'PendingDeletion',
        deletion_at,
        next_rotation_at: null,
        rotation_days: null,
      })
      return { KeyId: arn, DeletionDate: deletion_at / 1000, KeyState: 'PendingDeletion', PendingWindowInDays }
    },
  })
