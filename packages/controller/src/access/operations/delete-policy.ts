import { operation } from '#api/operation.ts'
import { findOwnPolicy } from '../managed-policies.ts'
import { attachedWith } from '../store/attachments.ts'
import { listVersions, removePolicy } from '../store/policies.ts'

/** Removes a managed policy that is attached to nobody and has only its default version. */
export const deletePolicy = () =>
  operation('DeletePolicy', {
    kind: 'write',
    access: { action: 'iam:DeletePolicy', resources: ({ PolicyArn }) => [PolicyArn] },

    async handle(tx, { PolicyArn }, { refuse }) {
      const policy = await findOwnPolicy(tx, PolicyArn)
      if ((await attachedWith(tx, PolicyArn)).length > 0)
        throw refuse('DeleteConflict', 'Cannot delete a policy attached to entities.')
      if ((await listVersions(tx, policy.id)).length > 1)
        throw refuse(
          'DeleteConflict',
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        )
      await removePolicy(tx, policy.id)
      return {}
    },
  })
