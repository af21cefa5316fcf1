import { operation } from '#api/operation.ts'
import { attachTo } from '../managed-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'

/** Attaches a managed policy to a user; the caller must have what it allows. */
export const attachUserPolicy = (deps: AccessOperationDeps) =>
  operation('AttachUserPolicy', {
    kind: 'write',
    access: {
      action: 'iam:AttachUserPolicy',
      resources: () => [],
      conditions: ({ PolicyArn }) => ({ 'iam:PolicyARN': PolicyArn }),
      resolves: 'principals',
    },

    async handle(tx, { UserName: name, PolicyArn }, context) {
      await attachTo(deps, tx, { kind: 'user', name }, PolicyArn, context)
      return {}
    },
  })
