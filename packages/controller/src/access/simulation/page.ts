import type { SimulateCustomPolicyRequest, SimulatePolicyResult } from '@muster/protocol/api'
import { parsePolicy } from '@muster/protocol/iam'
import { ApiError, type OperationContext, withTags } from '#api/index.ts'
import { decodeToken, encodeToken } from '#kit/paging.ts'
import type { Sealer } from '#kit/seal.ts'
import { type Question, type SimulatedPolicy, simulate } from './answers.ts'

export type SimulatingContext = Pick<OperationContext<'SimulatePrincipalPolicy'>, 'at' | 'caller' | 'tagsOf'>

/** What a simulation asks, whoever's policies it is about. */
export type SimulationRequest = Omit<SimulateCustomPolicyRequest, 'PolicyInputList'>

const PAGE = 100

/** Reads policies that are tried out and stored nowhere. */
export const readTried = (texts: readonly string[] = []): readonly SimulatedPolicy[] =>
  texts.map((text, at) => {
    const name = `PolicyInputList.${at + 1}`
    const read = parsePolicy(text)
    if (!read.ok) throw new ApiError('InvalidInput', `${name}: ${read.problem.text} (${read.problem.place})`)
    return { name, id: name, type: 'none' as const, policy: read.policy }
  })

/**
 * One page of answers, action by action and resource by resource. Tags are those of the real resources; what the request
 * gives as context comes before everything else.
 */
export async function simulatePage(
  { sealer }: { readonly sealer: Pick<Sealer, 'mac'> },
  policies: readonly SimulatedPolicy[],
  known: ReadonlyMap<string, readonly string[]>,
  input: SimulationRequest,
  { caller, tagsOf }: SimulatingContext,
): Promise<SimulatePolicyResult> {
  const { Marker, MaxItems = PAGE, ...query } = input
  const scope = { principal: caller.id, query }
  const from = Marker === undefined ? 0 : decodeToken(sealer, scope, Marker)
  if (typeof from !== 'number') throw new ApiError('ValidationException', 'Invalid Marker.')
  const { ActionNames, ResourceArns = ['*'] } = input
  const all = ActionNames.flatMap((action) => ResourceArns.map((resource) => ({ action, resource })))
  const page = all.slice(from, from + MaxItems)
  const tags = await tagsOf([...new Set(page.map(({ resource }) => resource))])
  const given = (input.ContextEntries ?? []).map(
    ({ ContextKeyName, ContextKeyValues }) => [ContextKeyName.toLowerCase(), ContextKeyValues] as const,
  )
  const questions = page.map(({ action, resource }): Question => {
    const conditions = new Map([...withTags(known, tags.get(resource)), ...given])
    return { action, resource, conditions }
  })
  const EvaluationResults = simulate(policies, questions)
  const next = from + page.length
  if (next >= all.length) return { EvaluationResults, IsTruncated: false }
  return { EvaluationResults, IsTruncated: true, Marker: encodeToken(sealer, scope, next) }
}
