import { pageOf, wholeList } from '#access/pages.ts'
import { findDevices } from '#access/store/sign-ins.ts'
import { operation } from '#api/index.ts'
import type { SignInOperationDeps } from '../deps.ts'
import { userOf } from '../profile.ts'

/** Lists the devices of a user, of whoever calls when none is named. */
export const listMfaDevices = ({ home, sealer }: SignInOperationDeps) =>
  operation('ListMFADevices', {
    kind: 'read',
    access: { action: 'iam:ListMFADevices', resources: () => [], resolves: 'principals' },

    async handle(db, input, context) {
      const user = await userOf(home, db, input.UserName, context)
      const source = wholeList(await findDevices(db, user.id), ({ serial }) => serial)
      const { items, rest } = await pageOf(sealer, 'ListMFADevices', input, context, source)
      const MFADevices = items.map(({ serial, enabled_at }) => ({
        ...{ UserName: user.name, SerialNumber: serial, EnableDate: (enabled_at ?? 0) / 1000 },
      }))
      return { MFADevices, ...rest }
    },
  })
