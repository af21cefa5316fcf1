/** A group: a query on tags that selects nodes at the moment of its use. */
export interface GroupRow {
  name: string
  description: string
  /** JSON text as the caller gave it. */
  query: string
  created_at: number
  created_by: string
}

export type GroupTables = { resource_group: GroupRow }
