import { operation } from '#api/operation.ts'
import { accessArn } from '../arns.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { newId } from '../principals.ts'
import { admit } from '../quotas.ts'
import { insertUser } from '../store/users.ts'
import { newTags } from '../tags.ts'
import { toUser } from '../wire.ts'

/**
 * Makes a user, who may do nothing yet.
 * @coverage no permissions boundaries
 */
export const createUser = ({ home, ids }: AccessOperationDeps) =>
  operation('CreateUser', {
    kind: 'write',
    access: {
      action: 'iam:CreateUser',
      resources: ({ Path: path = '/', UserName: name }) => [accessArn(home, 'user', { path, name })],
    },

    async handle(tx, { Path: path = '/', UserName: name, Tags }, { at }) {
      const tags = newTags(Tags)
      await admit(tx, 'user', name)
      const user = { id: newId(ids, 'AIDA', 17), name, path, createdAt: at, disabled: false, tags }
      await insertUser(tx, user)
      return { User: toUser(home, user) }
    },
  })
