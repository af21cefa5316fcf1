import { findDevice, updateDevice } from '#access/store/sign-ins.ts'
import { operation } from '#api/index.ts'
import type { SignInOperationDeps } from '../deps.ts'
import { noDevice } from '../device.ts'
import { mustOutrank, userOf } from '../profile.ts'

/** Takes a device away from a user: without another one, its sign-ins need no code any more. */
export const deactivateMfaDevice = (deps: SignInOperationDeps) =>
  operation('DeactivateMFADevice', {
    kind: 'write',
    access: { action: 'iam:DeactivateMFADevice', resources: () => [], resolves: 'principals' },

    async handle(tx, { UserName, SerialNumber }, context) {
      const user = await userOf(deps.home, tx, UserName, context)
      await mustOutrank(deps, tx, user, context)
      const device = await findDevice(tx, SerialNumber)
      if (device?.user_id !== user.id) throw noDevice(SerialNumber)
      await updateDevice(tx, SerialNumber, { user_id: null, enabled_at: null })
      return {}
    },
  })
