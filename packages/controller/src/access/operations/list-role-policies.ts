import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { pageOf, wholeList } from '../pages.ts'
import { reach } from '../reach.ts'
import { listInline } from '../store/inline-policies.ts'

/** Lists the names of the inline policies of a role. */
export const listRolePolicies = ({ home, sealer }: AccessOperationDeps) =>
  operation('ListRolePolicies', {
    kind: 'read',
    access: { action: 'iam:ListRolePolicies', resources: () => [], resolves: 'principals' },

    async handle(db, input, context) {
      const { id } = await reach(home, db, 'role', input.RoleName, context)
      const names = (await listInline(db, id)).map(({ name }) => name)
      const { items, rest } = await pageOf(
        sealer,
        'ListRolePolicies',
        input,
        context,
        wholeList(names, (name) => name),
      )
      return { PolicyNames: [...items], ...rest }
    },
  })
