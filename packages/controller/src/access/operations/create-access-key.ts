import { operation } from '#api/operation.ts'
import { mustHave } from '../hand-out.ts'
import { secretPlace } from '../initialise.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { ownerOf } from '../owner.ts'
import { newId, newSecret } from '../principals.ts'
import { MOST, overQuota } from '../quotas.ts'
import { listKeys, putKey } from '../store/credentials.ts'
import { policiesOf } from '../store/held-policies.ts'

/**
 * Makes a key for a user, for whoever calls when none is named. Its secret is in this answer and never again; for somebody
 * else, the caller must have what that user may do.
 */
export const createAccessKey = ({ home, ids, sealer, mayHandOut }: AccessOperationDeps) =>
  operation('CreateAccessKey', {
    kind: 'write',
    access: { action: 'iam:CreateAccessKey', resources: () => [], resolves: 'principals' },

    async handle(tx, { UserName }, context) {
      const owner = await ownerOf(home, tx, UserName, context)
      if ((await listKeys(tx, owner.id)).length >= MOST.AccessKeysPerUser)
        throw overQuota('AccessKeysPerUser', MOST.AccessKeysPerUser)
      if (owner.id !== context.caller.id || context.caller.session?.policies)
        await mustHave(mayHandOut, context, await policiesOf(tx, owner.id))
      const key = { id: newId(ids, 'AKIA', 16), secret: newSecret(ids) }
      const sealedSecret = sealer.seal(Buffer.from(key.secret), secretPlace(key.id))
      await putKey(tx, { id: key.id, principalId: owner.id, sealedSecret }, context.at)
      return {
        AccessKey: {
          UserName: owner.name,
          AccessKeyId: key.id,
          Status: 'Active',
          SecretAccessKey: key.secret,
          CreateDate: context.at / 1000,
        },
      }
    },
  })
