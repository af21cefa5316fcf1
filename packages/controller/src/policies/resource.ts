import type { ApiError } from '#api/index.ts'
import type { Reader } from '#db/index.ts'
import { ssmArn } from '#kit/identity.ts'
import type { PoliciesDeps } from './deps.ts'

/** A resource that can have policies. */
export interface Resource {
  readonly maxPolicies: number
}

type Refuse = (
  code: 'ResourceNotFoundException' | 'ResourcePolicyInvalidParameterException',
  text: string,
  members?: Record<string, unknown>,
) => ApiError

const GROUP = 'opsitemgroup/default'
const MAX_OF_GROUP = 1
const MAX_OF_PARAMETER = 10

/** The resource that a request names: the account's OpsItem group, which every account has, or an advanced parameter. */
export async function requireResource(
  db: Reader,
  { home, tierOf }: PoliciesDeps,
  arn: string,
  refuse: Refuse,
): Promise<Resource> {
  const unfit = (text: string) =>
    refuse('ResourcePolicyInvalidParameterException', text, { ParameterNames: ['ResourceArn'] })
  const absent = (text: string) => refuse('ResourceNotFoundException', text)
  if (arn === ssmArn(home, GROUP)) return { maxPolicies: MAX_OF_GROUP }
  if (arn.startsWith(ssmArn(home, 'opsitemgroup/'))) throw absent('The OpsItem group could not be found.')
  if (!arn.startsWith(ssmArn(home, 'parameter/')))
    throw unfit(`Only OpsItem groups and parameters of this account and region have policies: ${arn} is neither.`)
  const tier = await tierOf(db, arn)
  if (tier === undefined) throw absent('The specified parameter to be shared could not be found.')
  if (tier === 'Standard') throw unfit('Only parameters of the advanced tier have policies.')
  return { maxPolicies: MAX_OF_PARAMETER }
}
