import { operation } from '#api/operation.ts'
import { policyPathOf } from '../arns.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { pageOf, wholeList } from '../pages.ts'
import { reach } from '../reach.ts'
import { attachedTo } from '../store/attachments.ts'
import { toAttachedPolicy } from '../wire.ts'

/** Lists the managed policies that are attached to a role. */
export const listAttachedRolePolicies = ({ home, sealer }: AccessOperationDeps) =>
  operation('ListAttachedRolePolicies', {
    kind: 'read',
    access: { action: 'iam:ListAttachedRolePolicies', resources: () => [], resolves: 'principals' },

    async handle(db, input, context) {
      const { id } = await reach(home, db, 'role', input.RoleName, context)
      const attached = await attachedTo(db, id)
      const shown = attached.filter((arn) => policyPathOf(arn).startsWith(input.PathPrefix ?? '/'))
      const { items, rest } = await pageOf(
        sealer,
        'ListAttachedRolePolicies',
        input,
        context,
        wholeList(shown, (arn) => arn),
      )
      return { AttachedPolicies: items.map(toAttachedPolicy), ...rest }
    },
  })
