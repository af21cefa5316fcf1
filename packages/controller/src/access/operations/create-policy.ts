import { operation } from '#api/operation.ts'
import { accessArn } from '../arns.ts'
import { readDocument } from '../documents.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { newId } from '../principals.ts'
import { admit } from '../quotas.ts'
import { insertPolicy, insertVersion } from '../store/policies.ts'
import { newTags } from '../tags.ts'
import { toManagedPolicy } from '../wire.ts'

/** Makes a managed policy, which allows nothing to anybody until it is attached. */
export const createPolicy = ({ home, ids }: AccessOperationDeps) =>
  operation('CreatePolicy', {
    kind: 'write',
    access: {
      action: 'iam:CreatePolicy',
      resources: ({ Path: path = '/', PolicyName: name }) => [accessArn(home, 'policy', { path, name })],
    },

    async handle(tx, input, { at }) {
      const { Path: path = '/', PolicyName: name, Description: description = '', PolicyDocument: document } = input
      const tags = newTags(input.Tags)
      await admit(tx, 'policy', name)
      readDocument(document, 'managed')
      const policy = {
        ...{ id: newId(ids, 'ANPA', 17), name, path, description, tags, createdAt: at, updatedAt: at },
        ...{ arn: accessArn(home, 'policy', { path, name }), defaultVersion: 1, latestVersion: 1 },
      }
      await insertPolicy(tx, policy)
      await insertVersion(tx, policy.id, { version: 1, document, createdAt: at })
      return { Policy: toManagedPolicy(policy, 0) }
    },
  })
