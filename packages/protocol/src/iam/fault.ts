import type { PolicyProblem } from './policy.ts'

/** Ends the reading of a policy at its first fault. */
export class PolicyFault extends Error {
  override readonly name = 'PolicyFault'
  readonly problem: PolicyProblem

  constructor(place: string, text: string, kind: PolicyProblem['kind'] = 'syntax') {
    super(text)
    this.problem = { kind, place, text }
  }
}
