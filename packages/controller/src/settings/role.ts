import type { Access, Role } from '#access/index.ts'
import type { Reader } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'
import type { SettingsDeps } from './deps.ts'
import { NO_ROLE } from './setting.ts'

/** A role as a setting keeps it: its path and name, for instance `service-role/NAME`. */
export const roleValue = ({ path, name }: Role): string => `${path.slice(1)}${name}`

export const roleArnOf = ({ accountId }: Home, value: string): string => `arn:aws:iam::${accountId}:role/${value}`

/** The value that names this role, or what is wrong with it; the caller must be allowed to pass it on. */
export async function readRoleValue(
  db: Reader,
  { access }: Pick<SettingsDeps, 'access'>,
  given: string,
  asking: Parameters<Access['passRole']>[2],
): Promise<{ readonly value: string } | { readonly problem: string }> {
  if (given === NO_ROLE) return { value: NO_ROLE }
  const role = await access.passRole(db, given, asking)
  return role ? { value: roleValue(role) } : { problem: `There is no role ${given} for nodes.` }
}
