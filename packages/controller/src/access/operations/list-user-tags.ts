import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { pageOf, wholeList } from '../pages.ts'
import { reach } from '../reach.ts'

/** Lists the tags of a user. */
export const listUserTags = ({ home, sealer }: AccessOperationDeps) =>
  operation('ListUserTags', {
    kind: 'read',
    access: { action: 'iam:ListUserTags', resources: () => [], resolves: 'principals' },

    async handle(db, input, context) {
      const { tags } = await reach(home, db, 'user', input.UserName, context)
      const source = wholeList(tags, ({ Key }) => Key.toLowerCase())
      const { items, rest } = await pageOf(sealer, 'ListUserTags', input, context, source)
      return { Tags: [...items], ...rest }
    },
  })
