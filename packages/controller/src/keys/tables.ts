/** A key-encryption key; its material lies in its versions. */
export interface KeyRow {
  id: string
  description: string
  manager: 'AWS' | 'CUSTOMER'
  state: 'Enabled' | 'Disabled' | 'PendingDeletion'
  /** The version that wraps what is sealed now. */
  version: number
  created_at: number
  deletion_at: number | null
  rotation_days: number | null
  next_rotation_at: number | null
}

export interface VersionRow {
  key_id: string
  version: number
  /** Null once destroyed. */
  material_sealed: Uint8Array | null
  cause: 'CREATED' | 'ON_DEMAND' | 'AUTOMATIC'
  created_at: number
}

export interface AliasRow {
  /** With its `alias/`. */
  name: string
  key_id: string
  created_at: number
  updated_at: number
}

/** The key of one sealed value, wrapped by a version of a key-encryption key. */
export interface DataKeyRow {
  id: string
  key_id: string
  key_version: number
  wrapped: Uint8Array
}

export type KeysTables = {
  keys_key: KeyRow
  keys_version: VersionRow
  keys_alias: AliasRow
  keys_data_key: DataKeyRow
}
