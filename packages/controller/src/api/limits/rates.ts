/** Calls a second, each with two seconds' worth at once; 0 is no limit. */
export interface CallRates {
  /** Reads of one principal. */
  readonly read: number
  /** Changes of one principal. */
  readonly write: number
  /** Calls of one principal that start work on nodes. */
  readonly send: number
  /** Credentials of one source that are refused; ten seconds' worth at once. */
  readonly refused: number
}

export type CallClass = 'read' | 'write' | 'send'

export const NO_RATES: CallRates = { read: 0, write: 0, send: 0, refused: 0 }
