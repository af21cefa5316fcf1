import { operation } from '#api/operation.ts'
import { deletePolicyOf } from '../inline-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'

/** Removes an inline policy of a group; one that denies something only by who may do everything. */
export const deleteGroupPolicy = (deps: AccessOperationDeps) =>
  operation('DeleteGroupPolicy', {
    kind: 'write',
    access: { action: 'iam:DeleteGroupPolicy', resources: () => [], resolves: 'principals' },

    async handle(tx, { GroupName: name, PolicyName }, context) {
      await deletePolicyOf(deps, tx, { kind: 'group', name }, PolicyName, context)
      return {}
    },
  })
