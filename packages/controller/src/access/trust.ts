import { type Conditions, compilePolicies, type Policies, type Policy, parsePolicy } from '@muster/protocol/iam'
import { ApiError } from '#api/index.ts'
import type { Reader } from '#db/index.ts'
import type { Caller, Home } from '#kit/identity.ts'
import { readDocument } from './documents.ts'
import { findRoleByName } from './store/roles.ts'
import { findUserByName } from './store/users.ts'

/** Whom a trust policy lets in: by itself, or where the caller's own policies allow it too. */
export type Trust = 'trusted' | 'byOwnPolicies' | 'denied' | 'none'

const ACCOUNT = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/
const PRINCIPAL = /^arn:aws:(?:iam|sts)::(\d{12}):(user|role|assumed-role)(\/(?:.+\/)?)([^/]+)$/

/**
 * Checks a trust policy and finds out whom its ARNs stand for now, by immutable id: a user of the same name that is made
 * later is somebody else. Throws MalformedPolicyDocument for an ARN that stands for nobody.
 */
export async function readTrust(db: Reader, home: Home, text: string): Promise<Readonly<Record<string, string>>> {
  const trusted: Record<string, string> = {}
  for (const [kind, name] of principalsOf(readDocument(text, 'trust'))) {
    if (kind === 'Service' || (kind === 'AWS' && (name === '*' || ACCOUNT.exec(name)?.[1] === home.accountId))) continue
    const id = kind === 'AWS' ? await idOf(db, home, name) : undefined
    if (id === undefined)
      throw new ApiError('MalformedPolicyDocument', `Invalid principal in policy: "${kind}":"${name}"`)
    trusted[name] = id
  }
  return trusted
}

const principalsOf = ({ statements }: Policy): readonly (readonly [kind: string, name: string])[] =>
  statements.flatMap(({ principals }) =>
    Object.entries(principals?.named ?? {}).flatMap(([kind, names]) => names.map((name) => [kind, name] as const)),
  )

async function idOf(db: Reader, home: Home, arn: string): Promise<string | undefined> {
  const [, account, kind, path = '/', name = ''] = PRINCIPAL.exec(arn) ?? []
  if (account !== home.accountId) return undefined
  if (kind === 'assumed-role') {
    const role = await findRoleByName(db, path.slice(1, -1))
    return role && `${role.id}:${name}`
  }
  const found = kind === 'user' ? await findUserByName(db, name) : await findRoleByName(db, name)
  return found?.path === path ? found.id : undefined
}

/** Decides whether a role's trust policy lets a caller assume it. */
export function decideTrust(
  role: { readonly trustPolicy: string; readonly trusted: Readonly<Record<string, string>>; readonly arn: string },
  caller: Pick<Caller, 'id' | 'roleId' | 'accountId' | 'kind'>,
  conditions: Conditions,
): Trust {
  const policies = storedTrust(role.trustPolicy)
  const ids = [caller.id, caller.roleId]
  const arns = Object.entries(role.trusted).flatMap(([arn, id]) => (ids.includes(id) ? [arn] : []))
  const ask = (accountId: string) =>
    policies.evaluate({ action: 'sts:AssumeRole', resource: role.arn, conditions, asker: { accountId, arns } }).decision
  // A Deny may name the account, so it is asked for first.
  const decision = ask(caller.accountId)
  if (decision === 'explicitDeny') return 'denied'
  if (ask(NO_ACCOUNT) === 'allowed') return 'trusted'
  return decision === 'allowed' ? 'byOwnPolicies' : 'none'
}

const NO_ACCOUNT = ''

/** Whether a role is for the service that manages nodes. */
export const trustsNodes = (trustPolicy: string, arn: string): boolean =>
  storedTrust(trustPolicy).evaluate({
    action: 'sts:AssumeRole',
    resource: arn,
    conditions: new Map(),
    asker: { accountId: NO_ACCOUNT, arns: [], service: 'ssm.amazonaws.com' },
  }).decision === 'allowed'

/** A trust policy was checked when it came in; one that cannot be read lets nobody in. */
function storedTrust(text: string): Policies {
  const read = parsePolicy(text, { kind: 'trust', maxChars: Number.POSITIVE_INFINITY })
  return compilePolicies(read.ok ? [{ name: 'the trust policy', policy: read.policy }] : [])
}
