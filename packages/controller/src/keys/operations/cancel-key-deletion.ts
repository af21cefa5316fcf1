import { operation } from '#api/operation.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { keyArn } from '../key.ts'
import { namedArn, requireKey } from '../named.ts'
import { updateKey } from '../store.ts'

/** Keeps a key that was to be deleted; it is disabled afterwards, as in KMS. */
export const cancelKeyDeletion = ({ home }: KeyOperationDeps) =>
  operation('CancelKeyDeletion', {
    kind: 'write',
    access: { action: 'kms:CancelKeyDeletion', resources: ({ KeyId }) => [namedArn(home, KeyId)] },

    async handle(tx, { KeyId }, { refuse }) {
      const key = await requireKey(tx, home, KeyId, refuse)
      const arn = keyArn(home, key.id)
      if (key.state !== 'PendingDeletion') throw refuse('KMSInvalidStateException', `${arn} is not pending deletion.`)
      await updateKey(tx, key.id, { state: 'Disabled', deletion_at: null })
      return { KeyId: arn }
    },
  })
