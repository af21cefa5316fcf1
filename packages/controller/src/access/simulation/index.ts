/**
 * What would be decided: policies of a principal, or policies that are only tried out, asked about actions and resources.
 * In come requests of the simulator; out go decisions with the statements that made them and a sentence.
 */
export { readTried, simulatePage } from './page.ts'
export { findSimulated } from './principal.ts'
