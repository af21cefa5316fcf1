import { removeSignIns } from '#access/store/sign-ins.ts'
import { operation } from '#api/index.ts'

/** Ends the sign-in that calls. */
export const signOut = () =>
  operation('SignOut', {
    kind: 'write',
    access: { action: 'muster:SignOut', resources: () => [] },

    async handle(tx, _input, { caller, refuse }) {
      const id = caller.session?.signInId
      if (id === undefined) throw refuse('InvalidInput', 'This call does not come from a sign-in.')
      await removeSignIns(tx, caller.id, { id })
      return {}
    },
  })
