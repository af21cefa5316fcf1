import type { Generated } from 'kysely'

/** One activation: `fleet_activation`. The code itself is never stored. */
export type ActivationRow = {
  id: string
  code_mac: Uint8Array
  role_id: string
  role_name: string
  description: string | null
  default_name: string | null
  registration_limit: number
  registrations_count: number
  expires_at: number
  created_at: number
  created_by: string
  /** JSON list of tags that each new node gets. */
  tags: string
}

/** One managed node: `fleet_node`. `connected` and `last_contact_at` stand in no index. */
export type NodeRow = {
  key: Generated<number>
  id: string
  activation_id: string
  role_id: string
  role_name: string
  name: string | null
  /** SPKI in DER. */
  public_key: Uint8Array
  key_since: number
  /** Accepted too; the first login with it makes it the node's key. */
  next_public_key: Uint8Array | null
  rotation_requested_at: number | null
  quarantined_at: number | null
  quarantine_cause: string | null
  /** The machine that was let in last. */
  current_machine: number
  registered_at: number
  deregistered_at: number | null
  computer_name: string
  ip_address: string
  platform_type: string
  platform_name: string
  platform_version: string
  architecture: string
  agent_version: string
  link_version: number
  /** JSON list of the actions that the agent can run. */
  actions: string
  policy_mode: string
  /** What the agent says is wrong with its host; empty when nothing is. */
  trouble: string
  last_contact_at: number | null
  connected: number
}

/** One machine that has logged in as a node: `fleet_machine`. */
export type MachineRow = {
  node_key: number
  number: number
  generation: number
  pending_generation: number | null
  superseded_at: number | null
  drop_unstarted: number
  computer_name: string
  ip_address: string
  source: string
  boot_id: string
  last_login_at: number | null
}

/** A key that a node had: `fleet_node_key`. */
export type NodeKeyRow = {
  node_key: number
  /** SHA-256 of the key, hex. */
  fingerprint: string
  public_key: Uint8Array
  retired_at: number
}

export type FleetTables = {
  fleet_activation: ActivationRow
  fleet_node: NodeRow
  fleet_machine: MachineRow
  fleet_node_key: NodeKeyRow
}
