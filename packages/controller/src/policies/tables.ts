/** A policy on a resource. */
export interface PolicyRow {
  resource_arn: string
  /** A UUID. */
  id: string
  /** JSON text as the caller gave it. */
  policy: string
  /** Names this text under this id: who changes it says which text it has seen. */
  hash: string
  created_at: number
  updated_at: number
}

export type PolicyTables = { policies_policy: PolicyRow }
