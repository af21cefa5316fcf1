import { permit } from '#access/reach.ts'
import { countDevices, findDevice, insertDevice } from '#access/store/sign-ins.ts'
import { operation } from '#api/index.ts'
import type { SignInOperationDeps } from '../deps.ts'
import { deviceArn } from '../device.ts'
import { sealSeed } from '../seals.ts'
import { seedUri, toBase32 } from '../totp.ts'

const SEED_BYTES = 20
const MAX_DEVICES = 10_000

/**
 * Makes a device for one-time codes, which is nobody's until it is enabled; its seed is in this answer and never again.
 * @coverage Base32StringSeed as text and a Uri for apps in place of QRCodePNG; no Tags
 */
export const createVirtualMfaDevice = ({ home, ids, sealer }: SignInOperationDeps) =>
  operation('CreateVirtualMFADevice', {
    kind: 'write',
    access: { action: 'iam:CreateVirtualMFADevice', resources: () => [], resolves: 'principals' },

    async handle(tx, { VirtualMFADeviceName, Path = '/' }, context) {
      const serial = deviceArn(home, Path, VirtualMFADeviceName)
      await permit(context, [serial])
      if (await findDevice(tx, serial))
        throw context.refuse('EntityAlreadyExists', 'MFADevice entity at the same path and name already exists.')
      if ((await countDevices(tx, MAX_DEVICES)) >= MAX_DEVICES)
        throw context.refuse('LimitExceeded', `There are at most ${MAX_DEVICES} devices.`)
      const seed = ids.bytes(SEED_BYTES)
      await insertDevice(tx, {
        ...{ serial, seed_sealed: sealSeed(sealer, serial, seed), created_at: context.at },
        ...{ last_step: 0, user_id: null, enabled_at: null },
      })
      return {
        VirtualMFADevice: {
          ...{ SerialNumber: serial, Base32StringSeed: toBase32(seed) },
          Uri: seedUri(home.accountId, VirtualMFADeviceName, seed),
        },
      }
    },
  })
