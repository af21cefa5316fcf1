import { compilePolicies, parsePolicy } from '@muster/protocol/iam'
import { type IamCase, iamCases } from './cases.ts'
import { referenceDecision } from './reference.ts'

export interface Differences {
  readonly cases: number
  /** Cases by their decision. */
  readonly decisions: Readonly<Record<string, number>>
  /** The first few on which both evaluators do not agree. */
  readonly different: readonly (IamCase & { readonly ours: string; readonly reference: string })[]
}

const KEPT = 3

/** Asks both evaluators the cases of a seed. */
export function findDifferences(seed: number, count: number): Differences {
  const decisions: Record<string, number> = { allowed: 0, explicitDeny: 0, implicitDeny: 0 }
  const different: Differences['different'][number][] = []
  for (const made of iamCases(seed, count)) {
    const ours = ourDecision(made)
    const reference = referenceDecision(made.policies, made.request)
    decisions[reference] = (decisions[reference] ?? 0) + 1
    if (ours !== reference && different.length < KEPT) different.push({ ...made, ours, reference })
  }
  return { cases: count, decisions, different }
}

function ourDecision({ policies, request: { action, resource, keys } }: IamCase): string {
  const named = []
  for (const [at, document] of policies.entries()) {
    const read = parsePolicy(document)
    if (!read.ok) return `${read.problem.place}: ${read.problem.text}`
    named.push({ name: `policy ${at}`, policy: read.policy })
  }
  const conditions = new Map(Object.entries(keys).map(([key, values]) => [key.toLowerCase(), values]))
  return compilePolicies(named).evaluate({ action, resource, conditions }).decision
}
