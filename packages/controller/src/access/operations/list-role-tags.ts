import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { pageOf, wholeList } from '../pages.ts'
import { reach } from '../reach.ts'

/** Lists the tags of a role. */
export const listRoleTags = ({ home, sealer }: AccessOperationDeps) =>
  operation('ListRoleTags', {
    kind: 'read',
    access: { action: 'iam:ListRoleTags', resources: () => [], resolves: 'principals' },

    async handle(db, input, context) {
      const { tags } = await reach(home, db, 'role', input.RoleName, context)
      const source = wholeList(tags, ({ Key }) => Key.toLowerCase())
      const { items, rest } = await pageOf(sealer, 'ListRoleTags', input, context, source)
      return { Tags: [...items], ...rest }
    },
  })
