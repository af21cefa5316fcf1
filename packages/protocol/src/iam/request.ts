/**
 * What is known about a request: values of condition keys, by key in lower case. A key that is not known has no entry;
 * one with an empty list is known to have no value.
 */
export type Conditions = ReadonlyMap<string, readonly string[]>

/** Where values of condition keys are found: `Conditions`, or several of them. */
export type Lookup = Pick<Conditions, 'get'>

/** Who asks, for policies that name principals: trust policies and those of resources. */
export interface Asker {
  readonly accountId: string
  /** The caller's own ARN, and that of its role where it acts with one. */
  readonly arns: readonly string[]
  /** `ssm.amazonaws.com` … where a service asks. */
  readonly service?: string
}

export interface AccessRequest {
  /** `ssm:SendCommand` … */
  readonly action: string
  /** An ARN, or `*` where the action has no resource. */
  readonly resource: string
  readonly conditions: Lookup
  readonly asker?: Asker
}
