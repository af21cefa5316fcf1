import { operation } from '#api/operation.ts'
import { putPolicyOf } from '../inline-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'

/** Gives a role an inline policy, or another text to the one of that name; the caller must have what it allows. */
export const putRolePolicy = (deps: AccessOperationDeps) =>
  operation('PutRolePolicy', {
    kind: 'write',
    access: { action: 'iam:PutRolePolicy', resources: () => [], resolves: 'principals' },

    async handle(tx, { RoleName: name, PolicyName, PolicyDocument }, context) {
      const policy = { name: PolicyName, document: PolicyDocument }
      await putPolicyOf(deps, tx, { kind: 'role', name }, policy, context)
      return {}
    },
  })
