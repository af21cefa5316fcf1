import type { Flag } from '#db/index.ts'

/** What users, groups, roles and policies have in common. */
interface NamedRow {
  id: string
  name: string
  /** The name in lower case: no two may differ by case alone. */
  folded: string
  path: string
  created_at: number
}

export type AccessTables = {
  meta: { key: string; value: string }
  access_user: NamedRow & { disabled: Flag; tags: string }
  access_group: NamedRow
  access_membership: { group_id: string; user_id: string }
  access_role: NamedRow & {
    description: string
    trust_policy: string
    trusted: string
    max_session_seconds: number
    tags: string
  }
  access_inline_policy: { principal_id: string; name: string; document: string }
  access_policy: NamedRow & {
    arn: string
    description: string
    default_version: number
    latest_version: number
    updated_at: number
    tags: string
  }
  access_policy_version: { policy_id: string; version: number; document: string; created_at: number }
  access_attachment: { principal_id: string; policy_arn: string }
  access_key: {
    id: string
    principal_id: string
    secret_sealed: Uint8Array
    status: 'Active' | 'Inactive'
    created_at: number
    last_used_at: number | null
  }
  access_bearer_token: {
    token_mac: string
    principal_id: string
    purpose: string
    created_at: number
    expires_at: number | null
  }
}
