export type AuditTables = {
  audit_event: {
    at: number
    request_id: string
    principal_id: string
    principal_arn: string
    source: string
    operation: string
    action: string
    resources: string
    parameters_mac: Uint8Array | null
    decision: string
    result: string
    hash: Uint8Array | null
  }
}
