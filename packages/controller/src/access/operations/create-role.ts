import { operation } from '#api/operation.ts'
import { accessArn } from '../arns.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { newId } from '../principals.ts'
import { admit } from '../quotas.ts'
import { insertRole } from '../store/roles.ts'
import { newTags } from '../tags.ts'
import { readTrust } from '../trust.ts'
import { toRole } from '../wire.ts'

const SESSION_SECONDS = 3600

/**
 * Makes a role, which may do nothing yet, and says who may assume it: users and roles of this account, or a service such
 * as ssm.amazonaws.com for roles of nodes.
 * @coverage no permissions boundaries; no federated principals
 */
export const createRole = ({ home, ids }: AccessOperationDeps) =>
  operation('CreateRole', {
    kind: 'write',
    access: {
      action: 'iam:CreateRole',
      resources: ({ Path: path = '/', RoleName: name }) => [accessArn(home, 'role', { path, name })],
    },

    async handle(tx, input, { at }) {
      const { Path: path = '/', RoleName: name, Description: description = '', AssumeRolePolicyDocument } = input
      const tags = newTags(input.Tags)
      await admit(tx, 'role', name)
      const role = {
        ...{ id: newId(ids, 'AROA', 17), name, path, description, tags, createdAt: at },
        trustPolicy: AssumeRolePolicyDocument,
        trusted: await readTrust(tx, home, AssumeRolePolicyDocument),
        maxSessionSeconds: input.MaxSessionDuration ?? SESSION_SECONDS,
      }
      await insertRole(tx, role)
      return { Role: toRole(home, role) }
    },
  })
