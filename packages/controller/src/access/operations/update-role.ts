import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { reach } from '../reach.ts'
import { updateRole as update } from '../store/roles.ts'

/** Changes a role's description, and how long its sessions may be: those that there are stay as they are. */
export const updateRole = ({ home }: AccessOperationDeps) =>
  operation('UpdateRole', {
    kind: 'write',
    access: { action: 'iam:UpdateRole', resources: () => [], resolves: 'principals' },

    async handle(tx, { RoleName, Description, MaxSessionDuration }, context) {
      const role = await reach(home, tx, 'role', RoleName, context)
      await update(tx, {
        ...role,
        description: Description ?? role.description,
        maxSessionSeconds: MaxSessionDuration ?? role.maxSessionSeconds,
      })
      return {}
    },
  })
