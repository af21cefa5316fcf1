import { removeDevice } from '#access/store/sign-ins.ts'
import { operation } from '#api/index.ts'
import type { SignInOperationDeps } from '../deps.ts'
import { reachDevice } from '../device.ts'

/** Removes a device that is nobody's. */
export const deleteVirtualMfaDevice = (_deps: SignInOperationDeps) =>
  operation('DeleteVirtualMFADevice', {
    kind: 'write',
    access: { action: 'iam:DeleteVirtualMFADevice', resources: () => [], resolves: 'principals' },

    async handle(tx, { SerialNumber }, context) {
      const { user_id } = await reachDevice(tx, SerialNumber, context)
      if (user_id !== null) throw context.refuse('DeleteConflict', 'The device is in use: deactivate it first.')
      await removeDevice(tx, SerialNumber)
      return {}
    },
  })
