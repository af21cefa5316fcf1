import { operation } from '#api/operation.ts'
import { putPolicyOf } from '../inline-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'

/** Gives a user an inline policy, or another text to the one of that name; the caller must have what it allows. */
export const putUserPolicy = (deps: AccessOperationDeps) =>
  operation('PutUserPolicy', {
    kind: 'write',
    access: { action: 'iam:PutUserPolicy', resources: () => [], resolves: 'principals' },

    async handle(tx, { UserName: name, PolicyName, PolicyDocument }, context) {
      const policy = { name: PolicyName, document: PolicyDocument }
      await putPolicyOf(deps, tx, { kind: 'user', name }, policy, context)
      return {}
    },
  })
