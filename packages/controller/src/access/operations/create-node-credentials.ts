import { operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { sealSession } from '../session-token.ts'
import { issuerOf, roleIdsOf } from '../sessions.ts'
import { toCredentials } from '../wire.ts'

const HOUR = 3600

/** Gives a node temporary credentials of its own, good for an hour at most; they die when it is deregistered or quarantined. */
export const createNodeCredentials = (deps: AccessOperationDeps) =>
  operation('CreateNodeCredentials', {
    kind: 'read',
    access: { action: 'muster:CreateNodeCredentials', resources: () => [] },
    secret: () => true,

    async handle(_db, { DurationSeconds = HOUR }, { caller, at, refuse }) {
      const { nodeId, roleId, session } = caller
      if (nodeId === undefined || roleId === undefined || session)
        throw refuse('AccessDeniedException', 'Credentials of a node are given to the node itself, over its link.')
      const credentials = sealSession(deps, {
        of: { kind: 'node', roleId, nodeId },
        issuedAt: at,
        expiresAt: at + DurationSeconds * 1000,
        issuer: issuerOf(caller),
        roleIds: roleIdsOf(caller),
      })
      return {
        Credentials: toCredentials(credentials),
        AssumedRoleUser: { AssumedRoleId: caller.id, Arn: caller.arn },
      }
    },
  })
