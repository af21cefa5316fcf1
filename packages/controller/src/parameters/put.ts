import type { PutParameterRequest } from '@muster/protocol/api'
import { MAX_OF_TIER, type ParameterType, type ParameterVersion, type Tier } from './parameter.ts'
import { carryPolicies, type PoliciesCode, type Policy, parsePolicies } from './policy.ts'
import { chooseTier } from './tier.ts'
import { findValueProblem, type ValueProblem } from './value.ts'

/** What there is before a parameter is put. */
export interface Standing {
  readonly present: ParameterVersion | undefined
  readonly defaultTier: string
  readonly counts: Readonly<Record<Tier, number>>
  readonly at: number
}

/** The version to write, but for its value. */
export type Draft = Pick<
  ParameterVersion,
  'name' | 'type' | 'version' | 'description' | 'allowedPattern' | 'tier' | 'dataType' | 'policies'
>

export type PutCode =
  | PoliciesCode
  | ValueProblem['code']
  | 'ParameterAlreadyExists'
  | 'HierarchyTypeMismatchException'
  | 'ParameterLimitExceeded'
  | 'ValidationException'

export type PutPlan =
  | { readonly ok: true; readonly draft: Draft }
  | { readonly ok: false; readonly code: PutCode; readonly text: string }

const refused = (code: PutCode, text: string): PutPlan => ({ ok: false, code, text })

/**
 * Decides what a request to put a parameter comes to. What a further version does not say of description, pattern, tier,
 * data type and policies stays as it was; its key does not, as with the service.
 */
export function planPut(input: PutParameterRequest, standing: Standing): PutPlan {
  const { Name: name, Value: value, Overwrite: overwrite = false } = input
  const { present, at } = standing
  if (overwrite && input.Tags && input.Tags.length > 0)
    return refused(
      'ValidationException',
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove " +
        'overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.',
    )
  const unfit = findConflict(input, present)
  if (unfit) return unfit
  const type = (input.Type ?? present?.type) as ParameterType
  if (input.KeyId !== undefined && type !== 'SecureString')
    return refused('ValidationException', 'KeyId is required for SecureString type parameter only.')

  const dataType = input.DataType ?? present?.dataType ?? 'text'
  const allowedPattern = emptied(input.AllowedPattern ?? present?.allowedPattern)
  const problem = findValueProblem({ name, type, value, dataType, allowedPattern })
  if (problem) return refused(problem.code, problem.text)

  const parsed = readPolicies(input.Policies, present, at)
  if (!parsed.ok) return refused(parsed.code, parsed.text)
  const { policies } = parsed
  const tier = chooseTier({
    ...{ asked: input.Tier, present: present?.tier, standing: standing.defaultTier, value },
    ...{ hasPolicies: policies.length > 0, standardIsFull: standing.counts.Standard >= MAX_OF_TIER.Standard },
  })
  if (!tier.ok) return refused('ValidationException', tier.text)
  if (tier.tier !== present?.tier && standing.counts[tier.tier] >= MAX_OF_TIER[tier.tier])
    return refused(
      'ParameterLimitExceeded',
      `There are ${MAX_OF_TIER[tier.tier]} parameters of the tier ${tier.tier}, the most that an account has.`,
    )
  const description = emptied(input.Description ?? present?.description)
  const version = (present?.version ?? 0) + 1
  return { ok: true, draft: { name, type, version, description, allowedPattern, tier: tier.tier, dataType, policies } }
}

const emptied = (text: string | undefined): string | undefined => (text === '' ? undefined : text)

function findConflict(
  { Name, Type, Overwrite = false }: PutParameterRequest,
  present: ParameterVersion | undefined,
): PutPlan | undefined {
  if (!present)
    return Type === undefined
      ? refused('ValidationException', 'A parameter type is required when you create a parameter.')
      : undefined
  if (present.name !== Name)
    return refused(
      'ParameterAlreadyExists',
      `The parameter ${present.name} already exists, and ${Name} would have the same ARN.`,
    )
  if (!Overwrite)
    return refused(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    )
  if (Type !== undefined && Type !== present.type)
    return refused(
      'HierarchyTypeMismatchException',
      `The parameter ${Name} is a ${present.type}, and a parameter's type can't be changed: make a new one of another name.`,
    )
  return undefined
}

function readPolicies(
  given: string | undefined,
  present: ParameterVersion | undefined,
  at: number,
): ReturnType<typeof parsePolicies> {
  if (given !== undefined) return parsePolicies(given, at)
  const kept: readonly Policy[] = carryPolicies(present?.policies ?? [], at)
  return { ok: true, policies: kept }
}
