import { ApiError } from '#api/index.ts'
import type { Reader } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'
import { type Asking, permit, reach } from './reach.ts'
import { findKey, type StoredKey } from './store/credentials.ts'
import { findUser, type User } from './store/users.ts'

/** Whose keys a call is about: a user, or the account's root. */
export interface Owner {
  readonly id: string
  /** As lists name it. */
  readonly name: string
  /** Absent for root. */
  readonly user?: User
}

const ROOT_NAME = '<root_account>'

/** The user that a call names, or whoever calls when it names none; the caller must be allowed the operation on it. */
export async function ownerOf(home: Home, db: Reader, userName: string | undefined, asking: Asking): Promise<Owner> {
  const { caller } = asking
  if (userName === undefined && caller.kind === 'root') {
    await permit(asking, [caller.arn])
    return { id: caller.id, name: ROOT_NAME }
  }
  const own = userName === undefined && caller.kind === 'user' ? await findUser(db, caller.id) : undefined
  const name = userName ?? own?.name
  if (name === undefined) {
    await permit(asking, [caller.arn])
    throw new ApiError('ValidationException', 'Must specify userName when calling with non-User credentials')
  }
  const user = await reach(home, db, 'user', name, asking)
  return { id: user.id, name: user.name, user }
}

/** One of somebody's keys; throws NoSuchEntity for another's. */
export async function reachKey(db: Reader, owner: Owner, keyId: string): Promise<StoredKey> {
  const key = await findKey(db, keyId)
  if (key?.principalId === owner.id) return key
  throw new ApiError('NoSuchEntity', `The Access Key with id ${keyId} cannot be found.`)
}
