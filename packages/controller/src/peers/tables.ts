/** The controllers of this store; times are milliseconds by the database's clock. */
export type PeerControllerTable = {
  id: string
  url: string
  epoch: number
  expires_at: number
}

/** What all controllers of this store have in common: the first one decides. */
export type PeerSharedTable = {
  name: string
  value: Uint8Array
}

export type PeersTables = {
  peer_controller: PeerControllerTable
  peer_shared: PeerSharedTable
}
