import { operation } from '#api/operation.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { keyArn } from '../key.ts'
import { readPage } from '../pages.ts'
import { listKeyIds } from '../store.ts'

/** Lists keys by their ids. */
export const listKeys = ({ home, sealer }: KeyOperationDeps) =>
  operation('ListKeys', {
    kind: 'read',
    access: { action: 'kms:ListKeys', resources: () => ['*'] },

    async handle(db, input, { caller, refuse }) {
      const { shown, rest } = await readPage(
        { sealer, principal: caller.id, refuse },
        { ...input, operation: 'ListKeys' },
        (after, limit) => listKeyIds(db, after as string | undefined, limit),
        (id) => id,
      )
      return { Keys: shown.map((id) => ({ KeyId: id, KeyArn: keyArn(home, id) })), ...rest }
    },
  })
