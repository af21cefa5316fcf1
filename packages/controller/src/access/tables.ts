export type AccessTables = {
  meta: { key: string; value: string }
  access_role: {
    id: string
    name: string
    path: string
    description: string
    trust_policy: string
    created_at: number
  }
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
