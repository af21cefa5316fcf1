import { POLICY_CHARS, policyChars } from '@muster/protocol/iam'
import { ApiError } from '#api/index.ts'
import type { Reader, Tx } from '#db/index.ts'
import type { HolderKind } from './arns.ts'
import { readDocument } from './documents.ts'
import { mayTake, mustHave } from './hand-out.ts'
import type { AccessOperationDeps } from './operation-deps.ts'
import { type Asking, reach } from './reach.ts'
import { findInline, type InlinePolicy, listInline, putInline, removeInline } from './store/inline-policies.ts'

/** Gives a user, group or role a policy of its own, or another text to the one of that name. */
export async function putPolicyOf(
  { home, changed, mayHandOut }: AccessOperationDeps,
  tx: Tx,
  holder: { readonly kind: HolderKind; readonly name: string },
  policy: InlinePolicy,
  asking: Asking,
): Promise<void> {
  const { id } = await reach(home, tx, holder.kind, holder.name, asking)
  readDocument(policy.document, holder.kind)
  const present = await listInline(tx, id)
  const others = present.filter(({ name }) => name !== policy.name)
  const chars = [...others, policy].reduce((sum, { document }) => sum + policyChars(JSON.parse(document)), 0)
  const most = POLICY_CHARS[holder.kind]
  if (chars > most)
    throw new ApiError(
      'LimitExceeded',
      `Maximum policy size of ${most} bytes exceeded for ${holder.kind} ${holder.name}`,
    )
  await mustHave(mayHandOut, asking, [policy])
  await mayTake(
    mayHandOut,
    asking,
    present.filter(({ name }) => name === policy.name),
  )
  await putInline(tx, id, policy)
  asking.afterCommit(changed)
}

/** A policy that a user, group or role has of its own. */
export async function getPolicyOf(
  { home }: AccessOperationDeps,
  db: Reader,
  holder: { readonly kind: HolderKind; readonly name: string },
  policyName: string,
  asking: Asking,
): Promise<InlinePolicy> {
  const { id } = await reach(home, db, holder.kind, holder.name, asking)
  const found = await findInline(db, id, policyName)
  if (!found) throw new ApiError('NoSuchEntity', `The ${holder.kind} policy with name ${policyName} cannot be found.`)
  return found
}

/** Removes a policy that a user, group or role has of its own. */
export async function deletePolicyOf(
  { home, changed, mayHandOut }: AccessOperationDeps,
  tx: Tx,
  holder: { readonly kind: HolderKind; readonly name: string },
  policyName: string,
  asking: Asking,
): Promise<void> {
  const { id } = await reach(home, tx, holder.kind, holder.name, asking)
  const found = await findInline(tx, id, policyName)
  if (!found) throw new ApiError('NoSuchEntity', `The ${holder.kind} policy with name ${policyName} cannot be found.`)
  await mayTake(mayHandOut, asking, [found])
  await removeInline(tx, id, policyName)
  asking.afterCommit(changed)
}
