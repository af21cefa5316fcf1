import { operation } from '#api/operation.ts'
import { findOwnPolicy, versionOf } from '../managed-policies.ts'
import { removeVersion } from '../store/policies.ts'
import { fromVersionId } from '../wire.ts'

/** Removes a version of a managed policy that is not its default. */
export const deletePolicyVersion = () =>
  operation('DeletePolicyVersion', {
    kind: 'write',
    access: { action: 'iam:DeletePolicyVersion', resources: ({ PolicyArn }) => [PolicyArn] },

    async handle(tx, { PolicyArn, VersionId }, { refuse }) {
      const policy = await findOwnPolicy(tx, PolicyArn)
      const { version } = await versionOf(tx, policy, fromVersionId(VersionId))
      if (version === policy.defaultVersion)
        throw refuse('DeleteConflict', 'Cannot delete the default version of a policy.')
      await removeVersion(tx, policy.id, version)
      return {}
    },
  })
