import { POLICY_CHARS, type Policy, parsePolicy } from '@muster/protocol/iam'
import { ApiError } from '#api/index.ts'

/** Reads the text of a policy that is given; throws MalformedPolicyDocument, or LimitExceeded when it is too long. */
export function readDocument(text: string, use: keyof typeof POLICY_CHARS): Policy {
  const read = parsePolicy(text, { kind: use === 'trust' ? 'trust' : 'identity', maxChars: POLICY_CHARS[use] })
  if (read.ok) return read.policy
  const { kind, place, text: problem } = read.problem
  if (kind === 'size') throw new ApiError('LimitExceeded', problem)
  throw new ApiError('MalformedPolicyDocument', place === '' ? problem : `${problem} (${place})`)
}
