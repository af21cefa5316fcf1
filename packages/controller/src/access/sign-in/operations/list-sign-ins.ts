import { ownerOf } from '#access/owner.ts'
import { pageOf, wholeList } from '#access/pages.ts'
import { listSignIns as listRows } from '#access/store/sign-ins.ts'
import { operation } from '#api/index.ts'
import type { SignInOperationDeps } from '../deps.ts'

/** Lists the sign-ins of a user, of whoever calls when none is named. */
export const listSignIns = ({ home, sealer }: SignInOperationDeps) =>
  operation('ListSignIns', {
    kind: 'read',
    access: { action: 'muster:ListSignIns', resources: () => [], resolves: 'principals' },

    async handle(db, input, context) {
      const owner = await ownerOf(home, db, input.UserName, context)
      const source = wholeList(await listRows(db, owner.id), ({ id }) => id)
      const { items, rest } = await pageOf(sealer, 'ListSignIns', input, context, source)
      const SignIns = items.map((row) => ({
        ...{ SignInId: row.id, UserName: owner.name, SourceAddress: row.source, CreateDate: row.created_at / 1000 },
        ...{ LastSeenDate: row.last_seen_at / 1000, ExpirationDate: row.expires_at / 1000 },
        ...{ MFAPresent: row.mfa_at !== null, Current: row.id === context.caller.session?.signInId },
      }))
      return { SignIns, ...rest }
    },
  })
