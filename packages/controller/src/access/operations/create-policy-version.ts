import { operation } from '#api/operation.ts'
import { readDocument } from '../documents.ts'
import { findOwnPolicy, mayChangeDefault } from '../managed-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { MOST } from '../quotas.ts'
import { insertVersion, listVersions, updatePolicy } from '../store/policies.ts'
import { toPolicyVersion } from '../wire.ts'

/** Adds a version to a managed policy; as its default, the caller must have what it allows if it is attached. */
export const createPolicyVersion = (deps: AccessOperationDeps) =>
  operation('CreatePolicyVersion', {
    kind: 'write',
    access: { action: 'iam:CreatePolicyVersion', resources: ({ PolicyArn }) => [PolicyArn] },

    async handle(tx, { PolicyArn, PolicyDocument: document, SetAsDefault = false }, context) {
      const policy = await findOwnPolicy(tx, PolicyArn)
      readDocument(document, 'managed')
      if ((await listVersions(tx, policy.id)).length >= MOST.Versions)
        throw context.refuse(
          'LimitExceeded',
          'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
        )
      if (SetAsDefault) await mayChangeDefault(deps, tx, policy, document, context)
      const version = { version: policy.latestVersion + 1, document, createdAt: context.at }
      await insertVersion(tx, policy.id, version)
      const next = {
        ...policy,
        latestVersion: version.version,
        ...(SetAsDefault && { defaultVersion: version.version, updatedAt: context.at }),
      }
      await updatePolicy(tx, next)
      if (SetAsDefault) context.afterCommit(deps.changed)
      return { PolicyVersion: toPolicyVersion(next, version) }
    },
  })
