/** One tag of one resource: `tag`. */
export type TagRow = {
  resource_type: string
  resource_id: string
  key: string
  value: string
}

export type TagTables = {
  tag: TagRow
}
