import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { reach } from '../reach.ts'
import { toRole } from '../wire.ts'

/**
 * Shows a role and its trust policy.
 * @coverage no RoleLastUsed; the document as it was given, not URL-encoded
 */
export const getRole = ({ home }: AccessOperationDeps) =>
  operation('GetRole', {
    kind: 'read',
    access: { action: 'iam:GetRole', resources: () => [], resolves: 'principals' },

    async handle(db, { RoleName }, context) {
      return { Role: toRole(home, await reach(home, db, 'role', RoleName, context)) }
    },
  })
