import { operation } from '#api/operation.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { requireKey } from '../named.ts'
import { readPage } from '../pages.ts'
import { listAliases as list } from '../store.ts'
import { toAlias } from '../wire.ts'

/** Lists aliases by name, of one key where one is named. */
export const listAliases = ({ home, sealer }: KeyOperationDeps) =>
  operation('ListAliases', {
    kind: 'read',
    access: { action: 'kms:ListAliases', resources: () => ['*'] },

    async handle(db, input, { caller, refuse }) {
      const { KeyId } = input
      const keyId = KeyId === undefined ? undefined : (await requireKey(db, home, KeyId, refuse)).id
      const { shown, rest } = await readPage(
        { sealer, principal: caller.id, refuse },
        { ...input, operation: 'ListAliases' },
        (after, limit) => list(db, { keyId, limit, ...(typeof after === 'string' && { after }) }),
        ({ name }) => name,
      )
      return { Aliases: shown.map((alias) => toAlias(home, alias)), ...rest }
    },
  })
