import { operation } from '#api/operation.ts'
import { getPolicyOf } from '../inline-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'

/**
 * Shows an inline policy of a group.
 * @coverage the document as it was given, not URL-encoded
 */
export const getGroupPolicy = (deps: AccessOperationDeps) =>
  operation('GetGroupPolicy', {
    kind: 'read',
    access: { action: 'iam:GetGroupPolicy', resources: () => [], resolves: 'principals' },

    async handle(db, { GroupName: name, PolicyName }, context) {
      const policy = await getPolicyOf(deps, db, { kind: 'group', name }, PolicyName, context)
      return { GroupName: name, PolicyName, PolicyDocument: policy.document }
    },
  })
