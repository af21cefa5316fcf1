import { operation } from '#api/operation.ts'
import { findAnyPolicy, versionOf } from '../managed-policies.ts'
import { fromVersionId, toPolicyVersion } from '../wire.ts'

/**
 * Shows a version of a managed policy with its document.
 * @coverage the document as it was given, not URL-encoded
 */
export const getPolicyVersion = () =>
  operation('GetPolicyVersion', {
    kind: 'read',
    access: { action: 'iam:GetPolicyVersion', resources: ({ PolicyArn }) => [PolicyArn] },

    async handle(db, { PolicyArn, VersionId }) {
      const policy = await findAnyPolicy(db, PolicyArn)
      const version = await versionOf(db, policy, fromVersionId(VersionId))
      return { PolicyVersion: { Document: version.document, ...toPolicyVersion(policy, version) } }
    },
  })
