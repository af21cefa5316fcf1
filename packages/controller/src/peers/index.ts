/**
 * Several controllers on one PostgreSQL. In come a store and a bus; out go the same store with writes that fail once
 * this controller has lost its lease, hints between controllers, and questions that only the holder of a link can
 * answer. The store is the only truth: a lost hint costs time, and a controller that dies is found out by its lease.
 */
export { createPeerHints, type HintKind, type Hints } from './hints.ts'
export { type JoinOptions, joinStore, PeersRefused, shareAuthority } from './join.ts'
export { LEASE_MS } from './lease.ts'
export { type Answer, type Attached, joinPeers, type Peers, type PeersDeps } from './peers.ts'
export type { Peer } from './store.ts'
