import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { ownerOf } from '../owner.ts'
import { pageOf, wholeList } from '../pages.ts'
import { listKeys } from '../store/credentials.ts'
import { toKeyMetadata } from '../wire.ts'

/** Lists the keys of a user, of whoever calls when none is named; no secrets. */
export const listAccessKeys = ({ home, sealer }: AccessOperationDeps) =>
  operation('ListAccessKeys', {
    kind: 'read',
    access: { action: 'iam:ListAccessKeys', resources: () => [], resolves: 'principals' },

    async handle(db, input, context) {
      const owner = await ownerOf(home, db, input.UserName, context)
      const source = wholeList(await listKeys(db, owner.id), ({ id }) => id)
      const { items, rest } = await pageOf(sealer, 'ListAccessKeys', input, context, source)
      return { AccessKeyMetadata: items.map((key) => toKeyMetadata(owner.name, key)), ...rest }
    },
  })
