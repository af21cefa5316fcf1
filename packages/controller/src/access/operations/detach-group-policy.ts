import { operation } from '#api/operation.ts'
import { detachFrom } from '../managed-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'

/** Detaches a managed policy from a group; one that denies something only by who may do everything. */
export const detachGroupPolicy = (deps: AccessOperationDeps) =>
  operation('DetachGroupPolicy', {
    kind: 'write',
    access: {
      action: 'iam:DetachGroupPolicy',
      resources: () => [],
      conditions: ({ PolicyArn }) => ({ 'iam:PolicyARN': PolicyArn }),
      resolves: 'principals',
    },

    async handle(tx, { GroupName: name, PolicyArn }, context) {
      await detachFrom(deps, tx, { kind: 'group', name }, PolicyArn, context)
      return {}
    },
  })
