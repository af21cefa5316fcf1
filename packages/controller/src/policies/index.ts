/**
 * Policies on resources: what other accounts may do with a resource. In come the three operations on them; out goes
 * nothing yet: Muster has one account, so they are checked, kept and shown, and change no decision.
 */
import type { Operation } from '#api/operation.ts'
import type { Tx } from '#db/index.ts'
import type { PoliciesDeps } from './deps.ts'
import { deleteResourcePolicy } from './operations/delete-resource-policy.ts'
import { getResourcePolicies } from './operations/get-resource-policies.ts'
import { putResourcePolicy } from './operations/put-resource-policy.ts'
import { removePolicies } from './store.ts'

export type { PoliciesDeps } from './deps.ts'

export interface Policies {
  readonly operations: readonly Operation[]
  /** Removes the policies of a resource that is removed. */
  removeAll(tx: Tx, arn: string): Promise<void>
}

/** Wires the policies slice. */
export function createPolicies(deps: PoliciesDeps): Policies {
  return {
    operations: [putResourcePolicy(deps), getResourcePolicies(deps), deleteResourcePolicy(deps)],
    removeAll: (tx, arn) => removePolicies(tx, arn),
  }
}
