/**
 * Policies that every controller has, under the names that operators know and with content of this project's own: data,
 * found by ARN. They cannot be changed, and a new version of the program may know more actions.
 */
import { type Policy, parsePolicy } from '@muster/protocol/iam'
import { forNodes } from './nodes.ts'
import { forPeople } from './people.ts'
import type { WrittenPolicy } from './policy.ts'
import { forServices } from './services.ts'

export interface ReadyMadePolicy {
  readonly name: string
  readonly path: string
  readonly arn: string
  readonly description: string
  /** JSON, as it is shown. */
  readonly document: string
  readonly policy: Policy
}

/** In order of their names. */
export const readyMadePolicies: readonly ReadyMadePolicy[] = [...forPeople, ...forServices, ...forNodes]
  .map(make)
  .sort((a, b) => (a.name < b.name ? -1 : 1))

const byArn = new Map(readyMadePolicies.map((policy) => [policy.arn, policy]))

/** The policy of `arn:aws:iam::aws:policy/NAME`. */
export const findReadyMade = (arn: string): ReadyMadePolicy | undefined => byArn.get(arn)

/** What the role of every fleet begins with. */
export const NODE_POLICY = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore'

function make({ name, path, description, statements }: WrittenPolicy): ReadyMadePolicy {
  const document = JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)
  const read = parsePolicy(document)
  if (!read.ok) throw new Error(`${name}: ${read.problem.place}: ${read.problem.text}`)
  return { name, path, arn: `arn:aws:iam::aws:policy${path}${name}`, description, document, policy: read.policy }
}
