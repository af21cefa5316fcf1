import { operation } from '#api/operation.ts'
import { putPolicyOf } from '../inline-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'

/** Gives a group an inline policy, or another text to the one of that name; the caller must have what it allows. */
export const putGroupPolicy = (deps: AccessOperationDeps) =>
  operation('PutGroupPolicy', {
    kind: 'write',
    access: { action: 'iam:PutGroupPolicy', resources: () => [], resolves: 'principals' },

    async handle(tx, { GroupName: name, PolicyName, PolicyDocument }, context) {
      const policy = { name: PolicyName, document: PolicyDocument }
      await putPolicyOf(deps, tx, { kind: 'group', name }, policy, context)
      return {}
    },
  })
