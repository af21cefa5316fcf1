export type ApiTables = {
  api_answer: {
    principal_id: string
    invocation_id: string
    operation: string
    body_mac: Uint8Array
    status: number
    answer_sealed: Uint8Array
    created_at: number
  }
}
