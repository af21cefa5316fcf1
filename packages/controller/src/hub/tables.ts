import type { Generated } from 'kysely'

/** Which link of a node is the newest, and how far its journal is committed. */
export type HubLinkTable = {
  node_key: number
  epoch: number
  controller_id: string | null
  connected_at: number | null
  expires_at: number | null
  journal_id: string | null
  /** When the node began this journal: what it was given before is in it only if it says so. */
  journal_since: number
  received_record: number
}

/** Records that could not be applied: kept whole for an operator, so that those behind them go on. */
export type HubParkedRecordTable = {
  id: Generated<number>
  node_key: number
  journal_id: string
  number: number
  body: Uint8Array
  problem: string
  parked_at: number
}

export type HubTables = {
  hub_link: HubLinkTable
  hub_parked_record: HubParkedRecordTable
}
