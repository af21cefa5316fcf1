import type { OperationName } from '@muster/protocol/api'
import { ApiError, type OperationContext } from '#api/index.ts'
import type { Reader } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'
import { accessArn, type HolderKind } from './arns.ts'
import { findGroupByName } from './store/groups.ts'
import type { Named } from './store/named.ts'
import { findRoleByName, type StoredRole } from './store/roles.ts'
import { findUserByName, type User } from './store/users.ts'

/** Who asks, and the way to decide: what these functions need of an operation's context. */
export type Asking = Pick<OperationContext<OperationName>, 'at' | 'caller' | 'authorise' | 'afterCommit'>

interface Holders {
  readonly user: User
  readonly group: Named
  readonly role: StoredRole
}

const FIND: { readonly [K in HolderKind]: (db: Reader, name: string) => Promise<Holders[K] | undefined> } = {
  user: findUserByName,
  group: findGroupByName,
  role: findRoleByName,
}

/** Throws AccessDeniedException unless the caller may do the operation, or another action, to all of these. */
export async function permit(asking: Asking, arns: readonly string[], action?: string): Promise<void> {
  const { denied } = await asking.authorise(arns, action)
  for (const reason of denied.values()) throw new ApiError('AccessDeniedException', reason)
}

/**
 * The user, group or role of a name, once the caller is allowed to do the operation to it: decided before it is told
 * whether there is one. Its ARN has a path, which no request names.
 */
export async function reach<K extends HolderKind>(
  home: Home,
  db: Reader,
  kind: K,
  name: string,
  asking: Asking,
): Promise<Holders[K]> {
  const found = await FIND[kind](db, name)
  await permit(asking, [accessArn(home, kind, found ?? { path: '/', name })])
  if (!found) throw new ApiError('NoSuchEntity', `The ${kind} with name ${name} cannot be found.`)
  return found
}
