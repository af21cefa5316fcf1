import { operation } from '#api/operation.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { keyArn } from '../key.ts'
import { namedArn, requireKey } from '../named.ts'
import { refusePending } from '../states.ts'
import { updateKey } from '../store.ts'

/** Stops a key: what it sealed stays and does not open until it is enabled again. */
export const disableKey = ({ home }: KeyOperationDeps) =>
  operation('DisableKey', {
    kind: 'write',
    access: { action: 'kms:DisableKey', resources: ({ KeyId }) => [namedArn(home, KeyId)] },

    async handle(tx, { KeyId }, { refuse }) {
      const key = await requireKey(tx, home, KeyId, refuse)
      refusePending(key, keyArn(home, key.id), refuse)
      await updateKey(tx, key.id, { state: 'Disabled' })
      return {}
    },
  })
