import type { Asking } from '#access/reach.ts'
import { permit } from '#access/reach.ts'
import { findDevice, type MfaDevice } from '#access/store/sign-ins.ts'
import { ApiError } from '#api/index.ts'
import type { Reader } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'

export const deviceArn = ({ accountId }: Home, path: string, name: string): string =>
  `arn:aws:iam::${accountId}:mfa${path}${name}`

export const noDevice = (serial: string): ApiError =>
  new ApiError('NoSuchEntity', `VirtualMFADevice with serial number ${serial} does not exist.`)

/** The device of a serial number, once the caller is allowed the operation on it. */
export async function reachDevice(db: Reader, serial: string, asking: Asking): Promise<MfaDevice> {
  await permit(asking, [serial])
  const device = await findDevice(db, serial)
  if (!device) throw noDevice(serial)
  return device
}
