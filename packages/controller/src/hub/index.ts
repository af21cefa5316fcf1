/**
 * The hub knows which nodes are connected, by which link, and since when they are silent. In come wires whose
 * login was checked (from `link/`, or in memory in tests) and the frames on them; out go facts to the slice that
 * owns runs, in group commits and each once, receipts after the commit, and news of links. It knows no slice:
 * what a record means and where a node's row lies is attached from above as `Receivers` and `Presence`.
 */
export type { Admission, Arrival, Contact, GenerationKeptBy, HubDeps, HubLog, KeyOffer, Presence } from './deps.ts'
export { createHub, type HubService, type HubStats } from './hub.ts'
export type {
  HeadFact,
  Hub,
  LinkNews,
  NodeLink,
  NodeRecord,
  OutputPiece,
  OutputProgress,
  Preparation,
  Receivers,
  ResultFact,
  StartedFact,
} from './link.ts'
export type { Login } from './live-link.ts'
export type { Lane, Transport, TransportPort } from './transport.ts'
