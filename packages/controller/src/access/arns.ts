import type { Home } from '#kit/identity.ts'

/** What can hold policies. */
export type HolderKind = 'user' | 'group' | 'role'

/** ARN of a user, a group of users, a role or a managed policy. */
export const accessArn = (
  { accountId }: Home,
  kind: HolderKind | 'policy',
  { path, name }: { readonly path: string; readonly name: string },
): string => `arn:aws:iam::${accountId}:${kind}${path}${name}`

/** ARN of a session of a role. */
export const sessionArn = ({ accountId }: Home, roleName: string, sessionName: string): string =>
  `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`

/** The last part of an ARN of a managed policy. */
export const policyNameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

/** The path in an ARN of a managed policy. */
export const policyPathOf = (arn: string): string => {
  const from = arn.indexOf(':policy/') + ':policy'.length
  return arn.slice(from, arn.lastIndexOf('/') + 1)
}
