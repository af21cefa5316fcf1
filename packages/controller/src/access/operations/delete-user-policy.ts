import { operation } from '#api/operation.ts'
import { deletePolicyOf } from '../inline-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'

/** Removes an inline policy of a user; one that denies something only by who may do everything. */
export const deleteUserPolicy = (deps: AccessOperationDeps) =>
  operation('DeleteUserPolicy', {
    kind: 'write',
    access: { action: 'iam:DeleteUserPolicy', resources: () => [], resolves: 'principals' },

    async handle(tx, { UserName: name, PolicyName }, context) {
      await deletePolicyOf(deps, tx, { kind: 'user', name }, PolicyName, context)
      return {}
    },
  })
