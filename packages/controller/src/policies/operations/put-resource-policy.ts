import { operation } from '#api/operation.ts'
import type { PoliciesDeps } from '../deps.ts'
import { findPolicyProblem, hashOf, MAX_POLICY_BYTES } from '../policy.ts'
import { requireSeen } from '../refuse.ts'
import { requireResource } from '../resource.ts'
import { findPolicy, insertPolicy, listPolicies, updatePolicy } from '../store.ts'

/**
 * Puts a policy on a resource, or changes one that the caller has seen.
 * @coverage policies of the OpsItem group and of advanced parameters are checked, kept and shown; they grant to other accounts, and Muster has none, so they change no decision
 */
export const putResourcePolicy = (deps: PoliciesDeps) =>
  operation('PutResourcePolicy', {
    kind: 'write',
    access: { action: 'ssm:PutResourcePolicy', resources: ({ ResourceArn }) => [ResourceArn] },

    async handle(tx, { ResourceArn, Policy, PolicyId, PolicyHash }, { at, refuse }) {
      const invalid = (text: string, ...ParameterNames: string[]) =>
        refuse('ResourcePolicyInvalidParameterException', text, { ParameterNames })
      const exceeded = (Limit: number, LimitType: string, text: string) =>
        refuse('ResourcePolicyLimitExceededException', text, { Limit, LimitType })

      if (PolicyId === undefined && PolicyHash !== undefined)
        throw invalid('PolicyHash goes with the PolicyId of the policy that it belongs to.', 'PolicyId')
      if (PolicyId !== undefined && PolicyHash === undefined)
        throw invalid('To change a policy, PolicyHash says which text of it was seen.', 'PolicyHash')
      const { maxPolicies } = await requireResource(tx, deps, ResourceArn, refuse)
      if (Buffer.byteLength(Policy) > MAX_POLICY_BYTES)
        throw exceeded(
          MAX_POLICY_BYTES,
          'PolicySize',
          `A policy can't be greater than ${MAX_POLICY_BYTES} bytes in size.`,
        )
      const problem = findPolicyProblem(Policy, ResourceArn)
      if (problem !== undefined) throw refuse('MalformedResourcePolicyDocumentException', problem)

      const id = PolicyId ?? deps.ids.uuid()
      const hash = hashOf(id, Policy)
      if (PolicyId !== undefined) {
        const seen = requireSeen(await findPolicy(tx, ResourceArn, PolicyId), PolicyHash ?? '', refuse)
        await updatePolicy(tx, seen, { policy: Policy, hash, updated_at: at })
        return { PolicyId: id, PolicyHash: hash }
      }
      const present = await listPolicies(tx, ResourceArn, { limit: maxPolicies })
      if (present.length >= maxPolicies)
        throw exceeded(maxPolicies, 'PoliciesPerResource', `Only ${maxPolicies} can be attached to ${ResourceArn}.`)
      const times = { created_at: at, updated_at: at }
      await insertPolicy(tx, { resource_arn: ResourceArn, id, policy: Policy, hash, ...times })
      return { PolicyId: id, PolicyHash: hash }
    },
  })
