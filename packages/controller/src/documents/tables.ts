/** One document: `document`. Its texts are its versions. */
export type DocumentRow = {
  name: string
  document_type: string
  owner: string
  created_at: number
  default_version: number
  latest_version: number
  /** The highest number that was ever given. */
  last_number: number
}

/** One version of a document, never changed but for its review: `document_version`. */
export type DocumentVersionRow = {
  name: string
  version: number
  content: string
  format: string
  schema_version: string | null
  /** SHA-256 of the content as it was given, hex. */
  hash: string
  description: string | null
  version_name: string | null
  display_name: string | null
  target_type: string | null
  /** JSON list. */
  platform_types: string
  /** JSON list. */
  requires: string
  author: string
  review_status: string | null
  created_at: number
}

/** A file of a version: `document_attachment`. Its bytes are an object. */
export type DocumentAttachmentRow = {
  name: string
  version: number
  attachment: string
  size: number
  sha256: string
}

/** Whom a document is shared with: `document_share`. */
export type DocumentShareRow = {
  name: string
  /** Twelve digits, or `all`. */
  account_id: string
  shared_version: string
}

/** One entry of a version's reviews: `document_review`. */
export type DocumentReviewRow = {
  name: string
  version: number
  /** From 1. */
  number: number
  created_at: number
  updated_at: number
  status: string
  comment: string | null
  reviewer: string
}

export type DocumentTables = {
  document: DocumentRow
  document_version: DocumentVersionRow
  document_attachment: DocumentAttachmentRow
  document_share: DocumentShareRow
  document_review: DocumentReviewRow
}
