export type Effect = 'Allow' | 'Deny'

/** What an identity may do, who may take a role, or who may use a resource. */
export type PolicyKind = 'identity' | 'trust' | 'resource'

/** `Action`, or `NotAction`: everything but these. */
export interface Matched {
  readonly negated: boolean
  readonly patterns: readonly string[]
}

export interface PolicyCondition {
  /** As written, for instance `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string
  /** As written. */
  readonly key: string
  readonly values: readonly string[]
}

export interface PolicyPrincipals {
  readonly negated: boolean
  readonly everyone: boolean
  /** By kind: AWS, Service, Federated, CanonicalUser. */
  readonly named: Readonly<Record<string, readonly string[]>>
}

export interface Statement {
  readonly sid?: string
  readonly effect: Effect
  readonly actions: Matched
  /** `*` in trust policies, which name none. */
  readonly resources: Matched
  readonly principals?: PolicyPrincipals
  readonly conditions: readonly PolicyCondition[]
}

/** A policy that was read and found good. */
export interface Policy {
  readonly version: '2008-10-17' | '2012-10-17'
  readonly id?: string
  readonly statements: readonly Statement[]
}

/** A policy, and what people call it. */
export interface NamedPolicy {
  readonly name: string
  readonly policy: Policy
}

/** What is wrong with a policy, and where: `Statement[1].Action[0]`. */
export interface PolicyProblem {
  readonly kind: 'syntax' | 'size'
  readonly place: string
  readonly text: string
}

/** What is allowed and rarely meant. */
export interface PolicyWarning {
  readonly place: string
  readonly text: string
}

export type ReadPolicy =
  | { readonly ok: true; readonly policy: Policy; readonly warnings: readonly PolicyWarning[] }
  | { readonly ok: false; readonly problem: PolicyProblem }

/** How many characters a policy may have, white space outside of its texts not counted. */
export const POLICY_CHARS = {
  managed: 6144,
  user: 2048,
  group: 5120,
  role: 10_240,
  trust: 2048,
  session: 2048,
} as const
