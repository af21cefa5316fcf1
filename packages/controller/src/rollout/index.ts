/**
 * The one engine for "this work, these targets, MaxConcurrency, MaxErrors". In come hints that something may be
 * released: a node joined, a result came, work was accepted; each is found again by a sweep. Out go targets, released
 * in a transaction by a pure planner and handed over after it. There are no tables here: a slice that has work to
 * roll out implements the port, and all releases of one piece of work happen one after the other.
 */
export { createRollout, type Release, type Rollout, type RolloutDeps } from './engine.ts'
export { planRelease } from './plan.ts'
export type { ReleasePlan, RolloutPort, RolloutState } from './port.ts'
