import { ApiError } from '#api/index.ts'
import type { Reader, Tx } from '#db/index.ts'
import type { HolderKind } from './arns.ts'
import { countNamed, isTaken } from './store/named.ts'

type Kind = HolderKind | 'policy'

const TABLES = { user: 'access_user', group: 'access_group', role: 'access_role', policy: 'access_policy' } as const
const QUOTAS = {
  user: { name: 'UsersPerAccount', most: 5000 },
  group: { name: 'GroupsPerAccount', most: 300 },
  role: { name: 'RolesPerAccount', most: 1000 },
  policy: { name: 'PoliciesPerAccount', most: 1500 },
} as const

/** How many of one thing another may have. */
export const MOST = { GroupsPerUser: 10, AttachedPolicies: 10, AccessKeysPerUser: 2, Versions: 5 } as const

/** The error of a limit that is reached. */
export const overQuota = (quota: string, most: number): ApiError =>
  new ApiError('LimitExceeded', `Cannot exceed quota for ${quota}: ${most}`)

/** Throws unless there is room for one more of a kind, and nobody else has its name in whatever case. */
export async function admit(tx: Tx, kind: Kind, name: string): Promise<void> {
  await checkFree(tx, kind, name)
  const quota = QUOTAS[kind]
  if ((await countNamed(tx, TABLES[kind], quota.most)) >= quota.most) throw overQuota(quota.name, quota.most)
}

/** Throws EntityAlreadyExists when a name is taken. */
export async function checkFree(db: Reader, kind: Kind, name: string): Promise<void> {
  if (!(await isTaken(db, TABLES[kind], name))) return
  const text =
    kind === 'policy'
      ? `A policy called ${name} already exists. Duplicate names are not allowed.`
      : `${kind.charAt(0).toUpperCase()}${kind.slice(1)} with name ${name} already exists.`
  throw new ApiError('EntityAlreadyExists', text)
}
