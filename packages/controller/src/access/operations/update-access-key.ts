import { operation } from '#api/operation.ts'
import { mustHave } from '../hand-out.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { ownerOf, reachKey } from '../owner.ts'
import { setKeyActive } from '../store/credentials.ts'
import { policiesOf } from '../store/held-policies.ts'

/** Makes a key inactive, so that it and the temporary credentials got with it are refused, or active again. */
export const updateAccessKey = ({ home, changed, mayHandOut }: AccessOperationDeps) =>
  operation('UpdateAccessKey', {
    kind: 'write',
    access: { action: 'iam:UpdateAccessKey', resources: () => [], resolves: 'principals' },

    async handle(tx, { UserName, AccessKeyId, Status }, context) {
      const owner = await ownerOf(home, tx, UserName, context)
      const key = await reachKey(tx, owner, AccessKeyId)
      const active = Status === 'Active'
      if (active && !key.active && owner.id !== context.caller.id)
        await mustHave(mayHandOut, context, await policiesOf(tx, owner.id))
      await setKeyActive(tx, key.id, active)
      context.afterCommit(changed)
      return {}
    },
  })
