import { operation } from '#api/operation.ts'
import { detachFrom } from '../managed-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'

/** Detaches a managed policy from a role; one that denies something only by who may do everything. */
export const detachRolePolicy = (deps: AccessOperationDeps) =>
  operation('DetachRolePolicy', {
    kind: 'write',
    access: {
      action: 'iam:DetachRolePolicy',
      resources: () => [],
      conditions: ({ PolicyArn }) => ({ 'iam:PolicyARN': PolicyArn }),
      resolves: 'principals',
    },

    async handle(tx, { RoleName: name, PolicyArn }, context) {
      await detachFrom(deps, tx, { kind: 'role', name }, PolicyArn, context)
      return {}
    },
  })
