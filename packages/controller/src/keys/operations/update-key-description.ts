import { operation } from '#api/operation.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { keyArn } from '../key.ts'
import { namedArn, requireKey } from '../named.ts'
import { refusePending } from '../states.ts'
import { updateKey } from '../store.ts'

/** Changes what a key says about itself. */
export const updateKeyDescription = ({ home }: KeyOperationDeps) =>
  operation('UpdateKeyDescription', {
    kind: 'write',
    access: { action: 'kms:UpdateKeyDescription', resources: ({ KeyId }) => [namedArn(home, KeyId)] },

    async handle(tx, { KeyId, Description }, { refuse }) {
      const key = await requireKey(tx, home, KeyId, refuse)
      refusePending(key, keyArn(home, key.id), refuse)
      await updateKey(tx, key.id, { description: Description })
      return {}
    },
  })
