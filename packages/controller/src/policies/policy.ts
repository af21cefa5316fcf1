import { createHash } from 'node:crypto'
import { parsePolicy } from '@muster/protocol/iam'

/** Bytes that the text of a policy may have. */
export const MAX_POLICY_BYTES = 1024

/** What is wrong with the policy of a resource, as a sentence; undefined when nothing is. */
export function findPolicyProblem(text: string, arn: string): string | undefined {
  const read = parsePolicy(text, { kind: 'resource' })
  if (!read.ok) return `${read.problem.text}${read.problem.place === '' ? '' : ` (${read.problem.place})`}`
  for (const [index, { actions, resources }] of read.policy.statements.entries()) {
    const place = `Statement[${index}]`
    if (actions.negated || resources.negated) return `${place}: a policy of a resource names its actions and resources.`
    const foreign = actions.patterns.find((pattern) => !/^ssm:/i.test(pattern))
    if (foreign !== undefined) return `${place}: ${foreign} is no action of Systems Manager.`
    const other = resources.patterns.find((pattern) => pattern !== arn)
    if (other !== undefined) return `${place}: the policy of ${arn} cannot speak of ${other}.`
  }
  return undefined
}

/** Names a text under a policy's id: whoever changes it says by this which text it has seen. */
export const hashOf = (id: string, text: string): string => createHash('sha256').update(`${id}\n${text}`).digest('hex')
