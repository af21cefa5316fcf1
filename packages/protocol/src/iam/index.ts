/**
 * The IAM policy language as pure functions: text to policy, and policies to a decision with the statement that made it.
 * In come policies, a request and what is known about it; out goes whether it is allowed, and why, as data.
 */
export { type Covered, covers, type Holder } from './covers.ts'
export { compilePolicies, type Policies, type Verdict } from './evaluate.ts'
export { type Explanation, explainAccess } from './explain.ts'
export { type ParseOptions, parsePolicy, policyChars } from './parse.ts'
export {
  type NamedPolicy,
  POLICY_CHARS,
  type Policy,
  type PolicyKind,
  type PolicyProblem,
  type PolicyWarning,
  type ReadPolicy,
} from './policy.ts'
export type { AccessRequest, Asker, Conditions, Lookup } from './request.ts'
