/**
 * Simulated nodes: the link's real frames with scripted behaviours instead of a host. In come frames and what
 * the behaviours say; out go frames and a ledger of what really started. They have no wire of their own:
 * `test/kit` gives them a WebSocket, and the controller's slice tests a wire in memory. For tests and sample data.
 */
export type { Behaviours, LedgerLine, Performance, SimulatedWork } from './behaviour.ts'
export type { Outbox } from './outbox.ts'
export { createSimulatedNode, type SimulatedNode, type SimulatedNodeOptions } from './simulated-node.ts'
export { anEnvelope, aWork } from './work.ts'
