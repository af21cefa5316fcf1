import { operation } from '#api/operation.ts'
import { findOwnPolicy, mayChangeDefault, versionOf } from '../managed-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { updatePolicy } from '../store/policies.ts'
import { fromVersionId } from '../wire.ts'

/** Chooses the version of a managed policy that holds; where it is attached, the caller must have what it allows. */
export const setDefaultPolicyVersion = (deps: AccessOperationDeps) =>
  operation('SetDefaultPolicyVersion', {
    kind: 'write',
    access: { action: 'iam:SetDefaultPolicyVersion', resources: ({ PolicyArn }) => [PolicyArn] },

    async handle(tx, { PolicyArn, VersionId }, context) {
      const policy = await findOwnPolicy(tx, PolicyArn)
      const { version, document } = await versionOf(tx, policy, fromVersionId(VersionId))
      await mayChangeDefault(deps, tx, policy, document, context)
      await updatePolicy(tx, { ...policy, defaultVersion: version, updatedAt: context.at })
      context.afterCommit(deps.changed)
      return {}
    },
  })
