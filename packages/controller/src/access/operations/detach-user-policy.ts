import { operation } from '#api/operation.ts'
import { detachFrom } from '../managed-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'

/** Detaches a managed policy from a user; one that denies something only by who may do everything. */
export const detachUserPolicy = (deps: AccessOperationDeps) =>
  operation('DetachUserPolicy', {
    kind: 'write',
    access: {
      action: 'iam:DetachUserPolicy',
      resources: () => [],
      conditions: ({ PolicyArn }) => ({ 'iam:PolicyARN': PolicyArn }),
      resolves: 'principals',
    },

    async handle(tx, { UserName: name, PolicyArn }, context) {
      await detachFrom(deps, tx, { kind: 'user', name }, PolicyArn, context)
      return {}
    },
  })
