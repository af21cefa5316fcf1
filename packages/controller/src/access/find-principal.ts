import type { Principal } from '#api/index.ts'
import type { Reader } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'
import { accessArn } from './arns.ts'
import { rootPrincipal } from './principals.ts'
import { findUser } from './store/users.ts'

/** Who an id stands for now: root, or a user who is neither deleted nor disabled. */
export async function findPrincipal(db: Reader, home: Home, id: string): Promise<Principal | undefined> {
  if (id === home.accountId) return rootPrincipal(home)
  const user = await findUser(db, id)
  if (!user || user.disabled) return undefined
  return { kind: 'user', id: user.id, arn: accessArn(home, 'user', user), accountId: home.accountId }
}
