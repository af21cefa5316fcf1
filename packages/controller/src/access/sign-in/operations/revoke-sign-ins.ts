import { ownerOf } from '#access/owner.ts'
import { removeSignIns } from '#access/store/sign-ins.ts'
import { operation } from '#api/index.ts'
import type { SignInOperationDeps } from '../deps.ts'

/** Ends one sign-in of a user, or all of them; of whoever calls when none is named. */
export const revokeSignIns = ({ home }: SignInOperationDeps) =>
  operation('RevokeSignIns', {
    kind: 'write',
    access: { action: 'muster:RevokeSignIns', resources: () => [], resolves: 'principals' },

    async handle(tx, { UserName, SignInId }, context) {
      const { id } = await ownerOf(home, tx, UserName, context)
      const count = await removeSignIns(tx, id, { id: SignInId })
      if (SignInId !== undefined && count === 0)
        throw context.refuse('NoSuchEntity', `The sign-in with id ${SignInId} cannot be found.`)
      return { RevokedCount: count }
    },
  })
