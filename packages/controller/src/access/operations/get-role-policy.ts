import { operation } from '#api/operation.ts'
import { getPolicyOf } from '../inline-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'

/**
 * Shows an inline policy of a role.
 * @coverage the document as it was given, not URL-encoded
 */
export const getRolePolicy = (deps: AccessOperationDeps) =>
  operation('GetRolePolicy', {
    kind: 'read',
    access: { action: 'iam:GetRolePolicy', resources: () => [], resolves: 'principals' },

    async handle(db, { RoleName: name, PolicyName }, context) {
      const policy = await getPolicyOf(deps, db, { kind: 'role', name }, PolicyName, context)
      return { RoleName: name, PolicyName, PolicyDocument: policy.document }
    },
  })
