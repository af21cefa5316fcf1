/** One document: `document`. Its texts are its versions. */
export type DocumentRow = {
  name: string
  document_type: string
  owner: string
  created_at: number
  default_version: number
  latest_version: number
  target_type: string | null
  display_name: string | null
}

/** One version of a document, never changed: `document_version`. */
export type DocumentVersionRow = {
  name: string
  version: number
  content: string
  format: string
  schema_version: string
  /** SHA-256 of the content as it was given, hex. */
  hash: string
  description: string | null
  version_name: string | null
  /** JSON list. */
  platform_types: string
  created_at: number
}

export type DocumentTables = {
  document: DocumentRow
  document_version: DocumentVersionRow
}
