import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { pageOf, wholeList } from '../pages.ts'
import { reach } from '../reach.ts'
import { listInline } from '../store/inline-policies.ts'

/** Lists the names of the inline policies of a user. */
export const listUserPolicies = ({ home, sealer }: AccessOperationDeps) =>
  operation('ListUserPolicies', {
    kind: 'read',
    access: { action: 'iam:ListUserPolicies', resources: () => [], resolves: 'principals' },

    async handle(db, input, context) {
      const { id } = await reach(home, db, 'user', input.UserName, context)
      const names = (await listInline(db, id)).map(({ name }) => name)
      const { items, rest } = await pageOf(
        sealer,
        'ListUserPolicies',
        input,
        context,
        wholeList(names, (name) => name),
      )
      return { PolicyNames: [...items], ...rest }
    },
  })
