/**
 * The API's door: requests in, answers out, the same for HTTP and for nodes that call over their link.
 * In: signed requests (SigV4), bearer tokens, a node's calls; the operations and plain routes that the slices declare.
 * One pipeline: read → authenticate → find → check shape → authorise → handle in a transaction → audit row and first
 * answer → commit → answer. Out: JSON with the model's error codes, health, figures.
 */
export { ApiError, type GenericCode } from './api-error.ts'
export { type ResourceTags, withTags } from './conditions.ts'
export type {
  AccessKey,
  AccessPort,
  ApiDeps,
  AuditEvent,
  AuditPort,
  Decision,
  Judge,
  Principal,
} from './deps.ts'
export { type CallRates, type Connections, createConnections } from './limits/index.ts'
export { type Listeners, ListenRefused, openListeners, type TlsMaterial } from './listeners.ts'
export {
  type Authorised,
  type ErrorCode,
  type Operation,
  type OperationContext,
  operation,
} from './operation.ts'
export type { Answer } from './pipeline.ts'
export type { Route, RouteAnswer, RouteRequest } from './route.ts'
export { type Api, createApi } from './server.ts'
