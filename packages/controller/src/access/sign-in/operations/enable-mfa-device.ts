import { findDevice, findDevices, updateDevice } from '#access/store/sign-ins.ts'
import { operation } from '#api/index.ts'
import type { SignInOperationDeps } from '../deps.ts'
import { noDevice } from '../device.ts'
import { userOf } from '../profile.ts'
import { openSeed } from '../seals.ts'
import { findStep } from '../totp.ts'

const MAX_DEVICES = 8

/** Gives a device to a user, who shows two codes of it, one after the other: from then on sign-ins need one. */
export const enableMfaDevice = ({ home, sealer }: SignInOperationDeps) =>
  operation('EnableMFADevice', {
    kind: 'write',
    access: { action: 'iam:EnableMFADevice', resources: () => [], resolves: 'principals' },

    async handle(tx, { UserName, SerialNumber, AuthenticationCode1, AuthenticationCode2 }, context) {
      const { at, refuse } = context
      const user = await userOf(home, tx, UserName, context)
      const device = await findDevice(tx, SerialNumber)
      if (!device) throw noDevice(SerialNumber)
      if (device.user_id !== null) throw refuse('EntityAlreadyExists', `MFADevice ${SerialNumber} is already in use.`)
      if ((await findDevices(tx, user.id)).length >= MAX_DEVICES)
        throw refuse('LimitExceeded', `A user has at most ${MAX_DEVICES} devices.`)
      const seed = openSeed(sealer, SerialNumber, device.seed_sealed)
      const first = findStep(seed, AuthenticationCode1, at, device.last_step)
      const second = findStep(seed, AuthenticationCode2, at, first ?? Number.MAX_SAFE_INTEGER)
      if (first === undefined || second !== first + 1)
        throw refuse(
          'InvalidAuthenticationCode',
          'Authentication codes for device are not valid: give two that follow one another.',
        )
      await updateDevice(tx, SerialNumber, { user_id: user.id, enabled_at: at, last_step: second })
      return {}
    },
  })
