import { operation } from '#api/operation.ts'
import type { PoliciesDeps } from '../deps.ts'
import { requireSeen } from '../refuse.ts'
import { requireResource } from '../resource.ts'
import { findPolicy, removePolicies } from '../store.ts'

/**
 * Removes a policy that the caller has seen from a resource.
 * @coverage no DeletionMode RollbackMigration: there is no migration to roll back
 */
export const deleteResourcePolicy = (deps: PoliciesDeps) =>
  operation('DeleteResourcePolicy', {
    kind: 'write',
    access: { action: 'ssm:DeleteResourcePolicy', resources: ({ ResourceArn }) => [ResourceArn] },

    async handle(tx, { ResourceArn, PolicyId, PolicyHash, DeletionMode }, { refuse }) {
      const invalid = (text: string, name: string) =>
        refuse('ResourcePolicyInvalidParameterException', text, { ParameterNames: [name] })
      if (DeletionMode === 'RollbackMigration')
        throw invalid('Muster shares nothing between accounts: there is no migration to roll back.', 'DeletionMode')
      await requireResource(tx, deps, ResourceArn, refuse)
      requireSeen(await findPolicy(tx, ResourceArn, PolicyId), PolicyHash, refuse)
      await removePolicies(tx, ResourceArn, PolicyId)
      return {}
    },
  })
