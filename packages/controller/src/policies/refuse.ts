import type { ApiError } from '#api/index.ts'
import type { StoredPolicy } from './store.ts'

type Refuse = (code: 'ResourcePolicyConflictException' | 'ResourcePolicyNotFoundException', text: string) => ApiError

/** The policy that a request wants to change, as it has seen it; throws where there is none or it is another by now. */
export function requireSeen(policy: StoredPolicy | undefined, hash: string, refuse: Refuse): StoredPolicy {
  if (!policy)
    throw refuse('ResourcePolicyNotFoundException', 'No policies with this policy ID and hash could be found.')
  if (policy.hash !== hash)
    throw refuse(
      'ResourcePolicyConflictException',
      "The hash provided in the call doesn't match the stored hash: the policy was changed since it was read.",
    )
  return policy
}
