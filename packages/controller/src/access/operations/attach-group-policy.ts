import { operation } from '#api/operation.ts'
import { attachTo } from '../managed-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'

/** Attaches a managed policy to a group; the caller must have what it allows. */
export const attachGroupPolicy = (deps: AccessOperationDeps) =>
  operation('AttachGroupPolicy', {
    kind: 'write',
    access: {
      action: 'iam:AttachGroupPolicy',
      resources: () => [],
      conditions: ({ PolicyArn }) => ({ 'iam:PolicyARN': PolicyArn }),
      resolves: 'principals',
    },

    async handle(tx, { GroupName: name, PolicyArn }, context) {
      await attachTo(deps, tx, { kind: 'group', name }, PolicyArn, context)
      return {}
    },
  })
