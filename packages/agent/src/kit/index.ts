/**
 * The agent's own leaves: things without an idea of the domain in them.
 * Failpoints stop the program at a named place when a test asks for it (the value comes from the
 * configuration, never from here); a gate bounds how much runs at once; a signal tells waiters
 * that there may be news. Nothing here does input or output.
 */
export { createFailpoint, FAILPOINTS, type Failpoint, type FailpointName } from './failpoint.ts'
export { createGate, type Gate } from './gate.ts'
export { createGathering, type Gathering } from './gathering.ts'
export { createNews, type News } from './news.ts'
export { createPermit, type Permit } from './permit.ts'
