import { ApiError } from '#api/index.ts'
import type { Reader, Tx } from '#db/index.ts'
import { type HolderKind, policyNameOf } from './arns.ts'
import { type HandingOut, mayTake, mustHave } from './hand-out.ts'
import type { AccessOperationDeps } from './operation-deps.ts'
import { MOST, overQuota } from './quotas.ts'
import { type Asking, reach } from './reach.ts'
import { findReadyMade, type ReadyMadePolicy } from './ready-made/index.ts'
import { attach, attachedTo, attachedWith, detach } from './store/attachments.ts'
import type { HeldPolicy } from './store/held-policies.ts'
import { findPolicyByArn, listVersions, type Policy, type PolicyVersion } from './store/policies.ts'

/** A managed policy made here; throws InvalidInput for one that is built in, NoSuchEntity when there is none. */
export async function findOwnPolicy(db: Reader, arn: string): Promise<Policy> {
  if (findReadyMade(arn))
    throw new ApiError('InvalidInput', `The policy ${policyNameOf(arn)} comes with Muster and stays as it is.`)
  return findStored(db, arn)
}

/** A managed policy, also one that is built in. */
export const findAnyPolicy = async (db: Reader, arn: string): Promise<Policy | ReadyMadePolicy> =>
  findReadyMade(arn) ?? findStored(db, arn)

async function findStored(db: Reader, arn: string): Promise<Policy> {
  const policy = await findPolicyByArn(db, arn)
  if (!policy) throw new ApiError('NoSuchEntity', `Policy ${arn} was not found.`)
  return policy
}

/** Versions of a managed policy, the newest first; one that is built in has one. */
export const versionsOf = async (db: Reader, policy: Policy | ReadyMadePolicy): Promise<readonly PolicyVersion[]> =>
  'id' in policy ? listVersions(db, policy.id) : [{ version: 1, document: policy.document, createdAt: 0 }]

/** One version of a managed policy; throws NoSuchEntity when it has none of that number. */
export async function versionOf(db: Reader, policy: Policy | ReadyMadePolicy, number: number): Promise<PolicyVersion> {
  const found = (await versionsOf(db, policy)).find(({ version }) => version === number)
  if (!found)
    throw new ApiError('NoSuchEntity', `Policy ${policy.arn} version v${number} does not exist or is not attachable.`)
  return found
}

/** Throws unless the caller may let another text hold for all that a policy is attached to. */
export async function mayChangeDefault(
  { mayHandOut }: Pick<AccessOperationDeps, 'mayHandOut'>,
  tx: Tx,
  policy: Policy,
  document: string,
  by: HandingOut,
): Promise<void> {
  if ((await attachedWith(tx, policy.arn)).length === 0) return
  const held = await heldAs(tx, policy.arn)
  if (held) await mayTake(mayHandOut, by, [held])
  await mustHave(mayHandOut, by, [{ name: policy.name, document }])
}

/** A managed policy as whoever it is attached to has it; undefined when there is none. */
export async function heldAs(db: Reader, arn: string): Promise<HeldPolicy | undefined> {
  if (findReadyMade(arn)) return { name: policyNameOf(arn), arn }
  const policy = await findPolicyByArn(db, arn)
  if (!policy) return undefined
  const versions = await listVersions(db, policy.id)
  const document = versions.find(({ version }) => version === policy.defaultVersion)?.document
  return document === undefined ? undefined : { name: policy.name, arn, document }
}

/** Attaches a managed policy to a user, group or role. */
export async function attachTo(
  { home, changed, mayHandOut }: AccessOperationDeps,
  tx: Tx,
  holder: { readonly kind: HolderKind; readonly name: string },
  arn: string,
  asking: Asking,
): Promise<void> {
  const { id } = await reach(home, tx, holder.kind, holder.name, asking)
  const policy = await heldAs(tx, arn)
  if (!policy) throw new ApiError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`)
  const attached = await attachedTo(tx, id)
  if (!attached.includes(arn) && attached.length >= MOST.AttachedPolicies)
    throw overQuota(`PoliciesPer${holder.kind.charAt(0).toUpperCase()}${holder.kind.slice(1)}`, MOST.AttachedPolicies)
  await mustHave(mayHandOut, asking, [policy])
  await attach(tx, id, arn)
  asking.afterCommit(changed)
}

/** Detaches a managed policy from a user, group or role. */
export async function detachFrom(
  { home, changed, mayHandOut }: AccessOperationDeps,
  tx: Tx,
  holder: { readonly kind: HolderKind; readonly name: string },
  arn: string,
  asking: Asking,
): Promise<void> {
  const { id } = await reach(home, tx, holder.kind, holder.name, asking)
  if (!(await detach(tx, id, arn))) throw new ApiError('NoSuchEntity', `Policy ${arn} was not found.`)
  const policy = await heldAs(tx, arn)
  if (policy) await mayTake(mayHandOut, asking, [policy])
  asking.afterCommit(changed)
}
