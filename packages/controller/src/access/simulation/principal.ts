import type { Conditions } from '@muster/protocol/iam'
import { principalKeys, readHeld } from '#access/judge/index.ts'
import { findGroupByName } from '#access/store/groups.ts'
import { type HeldPolicy, policiesOf } from '#access/store/held-policies.ts'
import type { Named, Tag } from '#access/store/named.ts'
import { findRoleByName } from '#access/store/roles.ts'
import { findUserByName } from '#access/store/users.ts'
import { ApiError } from '#api/index.ts'
import type { Reader } from '#db/index.ts'
import type { Caller, Home } from '#kit/identity.ts'
import type { SimulatedPolicy } from './answers.ts'

type Kind = 'user' | 'group' | 'role'

const FIND: Record<
  Kind,
  (db: Reader, name: string) => Promise<(Named & { readonly tags?: readonly Tag[] }) | undefined>
> = {
  user: findUserByName,
  group: findGroupByName,
  role: findRoleByName,
}
const ARN = /^arn:aws:iam::(\d{12}):(user|group|role)(\/(?:.+\/)?)([^/]+)$/

/** The policies of the principal that a simulation is about, and what is known about it. */
export async function findSimulated(
  db: Reader,
  { home }: { readonly home: Home },
  arn: string,
  { at }: { readonly at: number },
): Promise<{ readonly policies: readonly SimulatedPolicy[]; readonly known: Conditions }> {
  const [, accountId, given, path, name = ''] = ARN.exec(arn) ?? []
  if (accountId !== home.accountId) throw new ApiError('InvalidInput', `Invalid principal: ${arn}`)
  const kind = given as Kind
  const found = await FIND[kind](db, name)
  if (found?.path !== path || found === undefined)
    throw new ApiError('NoSuchEntity', `The ${kind} with name ${name} cannot be found.`)
  const held = await policiesOf(db, found.id)
  const read = readHeld(held)
  const policies = held.flatMap((policy, index): SimulatedPolicy[] => {
    const named = read[index]
    return named ? [{ ...named, id: policy.arn ?? policy.name, type: typeOf(policy, kind) }] : []
  })
  if (kind === 'group') return { policies, known: new Map() }
  const acting: Caller = { kind, id: found.id, arn, accountId: home.accountId, source: '' }
  return { policies, known: principalKeys(home, acting, { ...found, tags: found.tags ?? [] }, at) }
}

function typeOf({ arn, group }: HeldPolicy, kind: Kind): SimulatedPolicy['type'] {
  if (arn === undefined) return group === undefined ? kind : 'group'
  return arn.startsWith('arn:aws:iam::aws:') ? 'aws-managed' : 'user-managed'
}
