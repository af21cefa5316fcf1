import type { OperationName } from '@muster/protocol/api'
import { ApiError, type OperationContext } from '#api/index.ts'
import type { Reader } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'
import { accessArn } from './arns.ts'
import { type Role, roleNameOf } from './principals.ts'
import { findRoleByName } from './store/roles.ts'
import { trustsNodes } from './trust.ts'

const SERVICE = 'ssm.amazonaws.com'
const CONDITIONS = { 'iam:PassedToService': SERVICE }

type Asking = Pick<OperationContext<OperationName>, 'authorise'>

/** Throws AccessDeniedException unless the caller may hand the role of an ARN to this service. */
export async function mayPass(roleArn: string, asking: Asking): Promise<void> {
  const { denied } = await asking.authorise([roleArn], 'iam:PassRole', CONDITIONS)
  for (const reason of denied.values()) throw new ApiError('AccessDeniedException', reason)
}

/**
 * The role that a caller gives to nodes: by `NAME`, `service-role/NAME` or ARN. Undefined when this account has none of that
 * name whose trust policy names ssm.amazonaws.com; throws AccessDeniedException when the caller may not pass it on.
 */
export async function passRole(home: Home, db: Reader, reference: string, asking: Asking): Promise<Role | undefined> {
  const name = roleNameOf(reference, home.accountId)
  if (name === undefined) return undefined
  const role = await findRoleByName(db, name)
  const arn = accessArn(home, 'role', role ?? { path: '/', name })
  await mayPass(arn, asking)
  return role && trustsNodes(role.trustPolicy, arn) ? role : undefined
}
