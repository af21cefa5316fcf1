import { operation } from '#api/operation.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { keyArn } from '../key.ts'
import { namedArn, requireKey } from '../named.ts'
import { refusePending } from '../states.ts'
import { updateKey } from '../store.ts'

/** Lets a key seal and open again. */
export const enableKey = ({ home }: KeyOperationDeps) =>
  operation('EnableKey', {
    kind: 'write',
    access: { action: 'kms:EnableKey', resources: ({ KeyId }) => [namedArn(home, KeyId)] },

    async handle(tx, { KeyId }, { refuse }) {
      const key = await requireKey(tx, home, KeyId, refuse)
      refusePending(key, keyArn(home, key.id), refuse)
      await updateKey(tx, key.id, { state: 'Enabled' })
      return {}
    },
  })
