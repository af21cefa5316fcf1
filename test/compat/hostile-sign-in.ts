import { codeOf, stepAt } from '../../packages/controller/src/access/sign-in/totp.ts'
import type { TestController } from '../rig/controller.ts'
import type { AccessFixture } from './hostile-access.ts'

const PASSWORD = 'a password for tests'
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** What hostile inputs of operations on passwords and devices name. */
export async function makeSignIns(controller: TestController): Promise<AccessFixture> {
  const serial = (name: string) => `arn:aws:iam::${controller.accountId}:mfa/${name}`
  for (const UserName of ['signing', 'changing', 'unsigned', 'no-more']) {
    await controller.call('CreateUser', { UserName })
    if (UserName !== 'unsigned') await controller.call('CreateLoginProfile', { UserName, Password: PASSWORD })
  }
  await controller.call('CreateVirtualMFADevice', { VirtualMFADeviceName: 'spare' })
  const { VirtualMFADevice } = await controller.call('CreateVirtualMFADevice', { VirtualMFADeviceName: 'used' })
  const seed = fromBase32(VirtualMFADevice.Base32StringSeed ?? '')
  const step = stepAt(Date.now())
  await controller.call('EnableMFADevice', {
    ...{ UserName: 'changing', SerialNumber: serial('used') },
    ...{ AuthenticationCode1: codeOf(seed, step), AuthenticationCode2: codeOf(seed, step + 1) },
  })
  return {
    values: { Password: PASSWORD, MFADeviceName: 'made', MFASerialNumber: serial('spare') },
    needed: {
      CreateLoginProfile: ['UserName'],
      DeactivateMFADevice: ['UserName'],
      DeleteLoginProfile: ['UserName'],
      GetLoginProfile: ['UserName'],
      ListMFADevices: ['UserName'],
      ListSignIns: ['UserName'],
      RevokeSignIns: ['UserName'],
    },
    own: {
      CreateLoginProfile: { UserName: 'unsigned' },
      DeactivateMFADevice: { UserName: 'changing', MFASerialNumber: serial('used') },
      DeleteLoginProfile: { UserName: 'no-more' },
      GetLoginProfile: { UserName: 'signing' },
      SignIn: { UserName: 'signing' },
      UpdateLoginProfile: { UserName: 'changing' },
    },
  }
}

function fromBase32(text: string): Uint8Array {
  const bits = Array.from(text, (char) => BASE32.indexOf(char).toString(2).padStart(5, '0')).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}
