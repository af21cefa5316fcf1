/** A parameter, with what lists are narrowed by. */
export type ParameterRow = {
  /** The name with a slash in front. */
  path: string
  name: string
  /** The path before its last slash; empty at the top. */
  parent: string
  type: string
  /** The latest. */
  version: number
  tier: string
  data_type: string
  key_reference: string | null
}

/** One version of a parameter. */
export type ParameterVersionRow = {
  path: string
  version: number
  value: string | null
  sealed: Uint8Array | null
  data_key_id: string | null
  /** The key that sealed it. */
  key_id: string | null
  /** That key as the caller named it. */
  key_reference: string | null
  description: string | null
  allowed_pattern: string | null
  tier: string
  data_type: string
  policies: string
  modified_at: number
  modified_by: string
}

export type ParameterLabelRow = { path: string; label: string; version: number }
export type ParameterDueRow = { path: string; position: number; due_at: number }
export type ParameterNoticeRow = {
  id: number
  at: number
  name: string
  version: number
  kind: string
  text: string
}

export type ParameterTables = {
  parameter: ParameterRow
  parameter_version: ParameterVersionRow
  parameter_label: ParameterLabelRow
  parameter_due: ParameterDueRow
  parameter_count: { tier: string; part: number; count: number }
}
