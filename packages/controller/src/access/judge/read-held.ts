import { type NamedPolicy, type Policy, parsePolicy } from '@muster/protocol/iam'
import { findReadyMade } from '#access/ready-made/index.ts'
import type { HeldPolicy } from '#access/store/held-policies.ts'

/** What stands for a policy that cannot be read: it may have denied anything. */
const UNREADABLE: Policy = {
  version: '2012-10-17',
  statements: [
    {
      sid: 'CannotBeRead',
      effect: 'Deny',
      actions: { negated: false, patterns: ['*'] },
      resources: { negated: false, patterns: ['*'] },
      conditions: [],
    },
  ],
}

/** Reads the policies that a principal has; those of groups are named with the group. */
export const readHeld = (held: readonly HeldPolicy[]): readonly NamedPolicy[] => held.map(readOne)

/** Reads the policy that a session was given. */
export const readSessionPolicy = (text: string): NamedPolicy => ({ name: 'of the session', policy: readText(text) })

function readOne({ name, arn, document, group }: HeldPolicy): NamedPolicy {
  const shown = group === undefined ? name : `${name} of the group ${group}`
  if (document !== undefined) return { name: shown, policy: readText(document) }
  return { name: shown, policy: (arn === undefined ? undefined : findReadyMade(arn)?.policy) ?? UNREADABLE }
}

// Stored texts were checked when they came in; a limit of size that is lower now does not take rights away.
function readText(text: string): Policy {
  const read = parsePolicy(text, { maxChars: Number.POSITIVE_INFINITY })
  return read.ok ? read.policy : UNREADABLE
}
