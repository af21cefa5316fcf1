/**
 * The link: one WebSocket from the agent out to a controller.
 * Out: hello, heartbeats, receipts of work, journaled records, output by offset, calls. In: work, cancels, receipts, answers.
 * The rest of the agent stands behind `LinkPorts`; a lost link loses nothing, the next one goes on from what
 * the controller has committed.
 */
export { CallFailed, type Calls, createCalls } from './calls.ts'
export { keepLink, type LinkDeps, type LinkState } from './client.ts'
export { type ControllerTime, createControllerTime } from './controller-time.ts'
export { ask, type ControllerAddress, type HttpAnswer, isUnknownIssuer } from './https.ts'
export { LinkError, type LinkFailure } from './link-error.ts'
export type { CallPort, IdentityPort, LinkPorts, OutputPort, OutputStream, RecordPort, WorkPort } from './ports.ts'
export { proxyFor, proxyName } from './proxy.ts'
