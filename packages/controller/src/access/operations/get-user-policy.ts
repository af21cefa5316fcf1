import { operation } from '#api/operation.ts'
import { getPolicyOf } from '../inline-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'

/**
 * Shows an inline policy of a user.
 * @coverage the document as it was given, not URL-encoded
 */
export const getUserPolicy = (deps: AccessOperationDeps) =>
  operation('GetUserPolicy', {
    kind: 'read',
    access: { action: 'iam:GetUserPolicy', resources: () => [], resolves: 'principals' },

    async handle(db, { UserName: name, PolicyName }, context) {
      const policy = await getPolicyOf(deps, db, { kind: 'user', name }, PolicyName, context)
      return { UserName: name, PolicyName, PolicyDocument: policy.document }
    },
  })
