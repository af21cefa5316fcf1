import { type CommandState, type InvocationState, invocationStates, openInvocationStates } from './status.ts'

/** How many invocations of a command are in each state; states left out have none. */
export type InvocationCounts = Readonly<Partial<Record<InvocationState, number>>>

export interface CommandQuestion {
  readonly counts: InvocationCounts
  /** Errors that are allowed; the next one stops the command. */
  readonly maxErrors: number
  /** Somebody cancelled the whole command. */
  readonly cancelRequested: boolean
}

/** The state of a whole command from the states of its invocations. */
export function commandOutcome({ counts, maxErrors, cancelRequested }: CommandQuestion): CommandState {
  const of = (...states: readonly InvocationState[]) => states.reduce((sum, state) => sum + (counts[state] ?? 0), 0)
  const all = of(...(Object.keys(invocationStates) as InvocationState[]))
  if (all === 0) return 'NoInstancesInTag'

  const open = of(...openInvocationStates)
  if (open > 0) {
    if (cancelRequested) return 'Cancelling'
    if (of('Pending', 'Delayed') < all) return 'InProgress'
    return of('Delayed') === all ? 'Delayed' : 'Pending'
  }

  const cancelled = of('Cancelled')
  if (cancelled === all || (cancelRequested && cancelled > 0)) return 'Cancelled'
  // These never got the command: alone they fail it, beside others they do not count.
  const unreached = of('Undeliverable', 'InvalidPlatform', 'AccessDenied')
  if (unreached === all) return 'Failed'
  if (of('Failed') > maxErrors) return 'Failed'
  // The service speaks of "MaxErrors or more"; with MaxErrors 0 that still needs one.
  const many = Math.max(1, maxErrors)
  if (of('ExecutionTimedOut') >= many) return 'ExecutionTimedOut'
  if (of('DeliveryTimedOut') >= many) return 'DeliveryTimedOut'
  if (of('Failed', 'ExecutionTimedOut') > maxErrors) return 'Failed'
  return of('Success') + unreached === all ? 'Success' : 'Incomplete'
}

/** The counters that commands show, from the states of their invocations. */
export function commandCounters(counts: InvocationCounts): {
  readonly completed: number
  readonly errors: number
  readonly deliveryTimedOut: number
} {
  let completed = 0
  let errors = 0
  for (const state of Object.keys(counts) as InvocationState[]) {
    const { terminal, countsAsError } = invocationStates[state]
    if (terminal) completed += counts[state] ?? 0
    if (countsAsError) errors += counts[state] ?? 0
  }
  return { completed, errors, deliveryTimedOut: counts.DeliveryTimedOut ?? 0 }
}
