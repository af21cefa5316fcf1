/** What one caller, one source and all requests together may take of the controller; each bound stands in docs/operating/limits.md. */
export { type BodyBudget, createBodyBudget } from './body-budget.ts'
export { type CallLimits, type Counted, createCallLimits } from './call-limits.ts'
export { type ConnectionRefusal, type Connections, createConnections } from './connections.ts'
export { type CallClass, type CallRates, NO_RATES } from './rates.ts'
export { createRefusals, nameOfToken, type Refusals } from './refusals.ts'
