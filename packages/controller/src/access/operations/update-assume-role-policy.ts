import { operation } from '#api/operation.ts'
import { mustHave } from '../hand-out.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { reach } from '../reach.ts'
import { policiesOf } from '../store/held-policies.ts'
import { updateRole } from '../store/roles.ts'
import { readTrust } from '../trust.ts'

/** Says anew who may assume a role; the caller must have what the role may do. Sessions that there are stay. */
export const updateAssumeRolePolicy = ({ home, changed, mayHandOut }: AccessOperationDeps) =>
  operation('UpdateAssumeRolePolicy', {
    kind: 'write',
    access: { action: 'iam:UpdateAssumeRolePolicy', resources: () => [], resolves: 'principals' },

    async handle(tx, { RoleName, PolicyDocument }, context) {
      const role = await reach(home, tx, 'role', RoleName, context)
      const trusted = await readTrust(tx, home, PolicyDocument)
      await mustHave(mayHandOut, context, await policiesOf(tx, role.id))
      await updateRole(tx, { ...role, trustPolicy: PolicyDocument, trusted })
      context.afterCommit(changed)
      return {}
    },
  })
