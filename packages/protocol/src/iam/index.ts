/**
 * The IAM policy language as pure functions: text to policy, and policies to a decision with the statement that made it.
 * In come policies, a request and what is known about it; out goes whether it is allowed, and why, as data.
 */
export type { Conditions } from './request.ts'
