/** A line of the trail as it is written: what `mac` covers. */
export type WrittenRow = {
  at: number
  request_id: string
  principal_id: string
  principal_arn: string
  session: string
  source: string
  operation: string
  action: string
  /** JSON text of a list of ARNs. */
  resources: string
  parameters_mac: Uint8Array | null
  decision: string
  result: string
  /** Why it was refused. */
  why: string | null
}

export type AuditTables = {
  audit_event: WrittenRow & {
    mac: Uint8Array
    /** Place in the chain, from 1 without a gap, and the hash up to there; null until sealed. */
    number: number | null
    hash: Uint8Array | null
  }
}

/** The key of the trail's rows is numbered by the database. */
export type NumberedTables = { audit_event: AuditTables['audit_event'] & { seq: number } }

export type ChainTables = NumberedTables & {
  audit_head: {
    id: number
    store_id: string
    public_key: Uint8Array
    key_sealed: Uint8Array
    number: number
    hash: Uint8Array
    mac: Uint8Array
    holder: string
    held_until: number
    checkpoint_number: number
    checkpoint_at: number
  }
  audit_checkpoint: { number: number; hash: Uint8Array; at: number; signature: Uint8Array }
  audit_sink: { name: string; number: number }
}
