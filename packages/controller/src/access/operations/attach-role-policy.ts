import { operation } from '#api/operation.ts'
import { attachTo } from '../managed-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'

/** Attaches a managed policy to a role; the caller must have what it allows. */
export const attachRolePolicy = (deps: AccessOperationDeps) =>
  operation('AttachRolePolicy', {
    kind: 'write',
    access: {
      action: 'iam:AttachRolePolicy',
      resources: () => [],
      conditions: ({ PolicyArn }) => ({ 'iam:PolicyARN': PolicyArn }),
      resolves: 'principals',
    },

    async handle(tx, { RoleName: name, PolicyArn }, context) {
      await attachTo(deps, tx, { kind: 'role', name }, PolicyArn, context)
      return {}
    },
  })
