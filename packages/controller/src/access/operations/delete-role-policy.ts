import { operation } from '#api/operation.ts'
import { deletePolicyOf } from '../inline-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'

/** Removes an inline policy of a role; one that denies something only by who may do everything. */
export const deleteRolePolicy = (deps: AccessOperationDeps) =>
  operation('DeleteRolePolicy', {
    kind: 'write',
    access: { action: 'iam:DeleteRolePolicy', resources: () => [], resolves: 'principals' },

    async handle(tx, { RoleName: name, PolicyName }, context) {
      await deletePolicyOf(deps, tx, { kind: 'role', name }, PolicyName, context)
      return {}
    },
  })
