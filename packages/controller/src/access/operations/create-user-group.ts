import { operation } from '#api/operation.ts'
import { accessArn } from '../arns.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { newId } from '../principals.ts'
import { admit } from '../quotas.ts'
import { insertGroup } from '../store/groups.ts'
import { toUserGroup } from '../wire.ts'

/**
 * Makes a group of users.
 * @coverage IAM's CreateGroup, and its action iam:CreateGroup: groups of resources have that name here
 */
export const createUserGroup = ({ home, ids }: AccessOperationDeps) =>
  operation('CreateUserGroup', {
    kind: 'write',
    access: {
      action: 'iam:CreateGroup',
      resources: ({ Path: path = '/', GroupName: name }) => [accessArn(home, 'group', { path, name })],
    },

    async handle(tx, { Path: path = '/', GroupName: name }, { at }) {
      await admit(tx, 'group', name)
      const group = { id: newId(ids, 'AGPA', 17), name, path, createdAt: at }
      await insertGroup(tx, group)
      return { Group: toUserGroup(home, group) }
    },
  })
