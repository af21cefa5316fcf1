import { operation } from '#api/operation.ts'
import { policyPathOf } from '../arns.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { pageOf, wholeList } from '../pages.ts'
import { reach } from '../reach.ts'
import { attachedTo } from '../store/attachments.ts'
import { toAttachedPolicy } from '../wire.ts'

/** Lists the managed policies that are attached to a group. */
export const listAttachedGroupPolicies = ({ home, sealer }: AccessOperationDeps) =>
  operation('ListAttachedGroupPolicies', {
    kind: 'read',
    access: { action: 'iam:ListAttachedGroupPolicies', resources: () => [], resolves: 'principals' },

    async handle(db, input, context) {
      const { id } = await reach(home, db, 'group', input.GroupName, context)
      const attached = await attachedTo(db, id)
      const shown = attached.filter((arn) => policyPathOf(arn).startsWith(input.PathPrefix ?? '/'))
      const { items, rest } = await pageOf(
        sealer,
        'ListAttachedGroupPolicies',
        input,
        context,
        wholeList(shown, (arn) => arn),
      )
      return { AttachedPolicies: items.map(toAttachedPolicy), ...rest }
    },
  })
