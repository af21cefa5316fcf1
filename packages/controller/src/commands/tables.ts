import type { Generated } from 'kysely'

/** One command: what was asked, frozen at acceptance, and how far it is. Only the partial index on `terminal` moves. */
export interface CommandRow {
  key: Generated<number>
  id: string
  principal_id: string
  principal_arn: string
  document_name: string
  document_version: string
  document_hash: string
  envelope: Uint8Array
  comment: string
  parameters_sealed: Uint8Array
  /** JSON list of ids as the request named them. */
  instance_ids: string
  /** JSON list of targets as the request gave them. */
  targets: string
  /** JSON of `CommandOptions`. */
  options: string
  max_concurrency: string
  max_errors: string
  concurrency_limit: number
  error_limit: number
  timeout_seconds: number
  requested_at: number
  deliver_by: number
  expires_at: number
  state: string
  terminal: number
  ended_at: number | null
  cancel_requested_at: number | null
  target_count: number
  completed_count: number
  error_count: number
  delivery_timed_out_count: number
  running_count: number
  /** JSON list of `Decision`s that hold for the whole command. */
  decisions: string
}

/** One command on one node. No index holds a column that changes. */
export interface InvocationRow {
  command_key: number
  node_key: number
  state: string
  terminal: number
  reason: string | null
  reason_parameters: string | null
  requested_at: number
  /** Handed over for the first time; null while it waits. */
  released_at: number | null
  /** The agent's journal has it. */
  received_at: number | null
  started_at: number | null
  ended_at: number | null
  cancel_requested_at: number | null
  /** When to send the work, or the cancel, again; null while there is nothing to repeat. */
  next_attempt_at: number | null
  attempts: number
  /** Takes a slot of MaxConcurrency. */
  running: number
  record: Uint8Array | null
  signature: Uint8Array | null
  /** What came after a terminal state: 64 bytes of signature, then the signed record. */
  late_record: Uint8Array | null
  late_at: number | null
}

export interface StepRow {
  command_key: number
  node_key: number
  step: number
  name: string
  action: string
  state: string
  code: number
  attempt: number
  started_at: number | null
  ended_at: number | null
  stdout_head: string
  stderr_head: string
  reason: string | null
}

/** Bytes of one stream: in the row up to 64 KiB, else in segments. */
export interface OutputRow {
  command_key: number
  node_key: number
  step: number
  stream: string
  attempt: number
  /** Bytes that the script wrote. */
  total: number
  /** Bytes that there are to have; known at the end. */
  kept: number
  dropped: number
  /** Bytes that are durable here. */
  sealed: number
  /** Over the kept bytes; null until the end of the stream came. */
  sha256: string | null
  /** All kept bytes are here and are what the node signed. */
  complete: number
  inline: Uint8Array | null
}

export interface SegmentRow {
  command_key: number
  node_key: number
  step: number
  stream: string
  start: number
  length: number
  place: string
}

/** One stream of a command with a bucket, on its way there. */
export interface UploadRow {
  command_key: number
  node_key: number
  step: number
  stream: string
  /** When its result came. */
  since: number
  /** When to try next, and the lease of who tries now; null when it is done or given up. */
  next_attempt_at: number | null
  /** Tries that failed. */
  attempts: number
  /** What went wrong last. */
  problem: string | null
  done_at: number | null
  url: string | null
}

export type CommandTables = {
  command: CommandRow
  command_invocation: InvocationRow
  command_step: StepRow
  command_output: OutputRow
  command_segment: SegmentRow
  command_upload: UploadRow
}
