/** What a step of a run can be, from a node's point of view. */
export type NodeStepStatus =
  | 'NotStarted'
  | 'InProgress'
  | 'Success'
  | 'SuccessAndReboot'
  | 'Failed'
  | 'TimedOut'
  | 'Cancelled'
  | 'Skipped'

/** What a whole document can be on one node; SuccessAndReboot and InProgress are not final. */
export type NodeRunStatus = 'Success' | 'SuccessAndReboot' | 'Failed' | 'TimedOut' | 'Cancelled' | 'InProgress'

const FIRST_FOUND = ['SuccessAndReboot', 'Failed', 'TimedOut', 'Cancelled'] as const

/** The status of a command on a node, from its steps: the first of the worse ones that occurs, else Success when all are done. */
export function finalStatus(steps: readonly { readonly status: NodeStepStatus }[]): NodeRunStatus {
  for (const status of FIRST_FOUND) if (steps.some((step) => step.status === status)) return status
  return steps.every(({ status }) => status === 'Success' || status === 'Skipped') ? 'Success' : 'InProgress'
}

/** SSM's words for a state, and what follows from it. */
interface StateWords {
  readonly status: string
  readonly statusDetails: string
  readonly terminal: boolean
}

interface InvocationWords extends StateWords {
  readonly status: 'Pending' | 'InProgress' | 'Delayed' | 'Cancelling' | 'Success' | 'Cancelled' | 'TimedOut' | 'Failed'
  /** Whether it counts towards MaxErrors. */
  readonly countsAsError: boolean
}

const open = { terminal: false, countsAsError: false }
const closed = { terminal: true, countsAsError: false }
const error = { terminal: true, countsAsError: true }

/** Every state of an invocation with its Status and StatusDetails on the wire. */
export const invocationStates = {
  Pending: { status: 'Pending', statusDetails: 'Pending', ...open },
  Delayed: { status: 'Delayed', statusDetails: 'Delayed', ...open },
  InProgress: { status: 'InProgress', statusDetails: 'InProgress', ...open },
  Cancelling: { status: 'Cancelling', statusDetails: 'Cancelling', ...open },
  Success: { status: 'Success', statusDetails: 'Success', ...closed },
  Failed: { status: 'Failed', statusDetails: 'Failed', ...error },
  ExecutionTimedOut: { status: 'TimedOut', statusDetails: 'ExecutionTimedOut', ...error },
  DeliveryTimedOut: { status: 'TimedOut', statusDetails: 'DeliveryTimedOut', ...closed },
  Cancelled: { status: 'Cancelled', statusDetails: 'Cancelled', ...closed },
  Terminated: { status: 'Cancelled', statusDetails: 'Terminated', ...closed },
  Undeliverable: { status: 'Failed', statusDetails: 'Undeliverable', ...closed },
  InvalidPlatform: { status: 'Failed', statusDetails: 'InvalidPlatform', ...closed },
  AccessDenied: { status: 'Failed', statusDetails: 'AccessDenied', ...closed },
} as const satisfies Readonly<Record<string, InvocationWords>>

export type InvocationState = keyof typeof invocationStates

/** States that an invocation may still leave; all others stand for ever. */
export const openInvocationStates: readonly InvocationState[] = statesOf(invocationStates).filter(
  (state) => !invocationStates[state].terminal,
)

/** The state of an invocation whose node reported this status. */
export function invocationStateOf(status: 'Success' | 'Failed' | 'TimedOut' | 'Cancelled'): InvocationState {
  return status === 'TimedOut' ? 'ExecutionTimedOut' : status
}

interface CommandWords extends StateWords {
  readonly status: 'Pending' | 'InProgress' | 'Cancelling' | 'Success' | 'Cancelled' | 'Failed' | 'TimedOut'
}

/** Every state of a whole command with its Status and StatusDetails on the wire. */
export const commandStates = {
  Pending: { status: 'Pending', statusDetails: 'Pending', terminal: false },
  Delayed: { status: 'Pending', statusDetails: 'Delayed', terminal: false },
  InProgress: { status: 'InProgress', statusDetails: 'InProgress', terminal: false },
  Cancelling: { status: 'Cancelling', statusDetails: 'Cancelling', terminal: false },
  Success: { status: 'Success', statusDetails: 'Success', terminal: true },
  NoInstancesInTag: { status: 'Success', statusDetails: 'NoInstancesInTag', terminal: true },
  Failed: { status: 'Failed', statusDetails: 'Failed', terminal: true },
  Incomplete: { status: 'Failed', statusDetails: 'Incomplete', terminal: true },
  ExecutionTimedOut: { status: 'TimedOut', statusDetails: 'ExecutionTimedOut', terminal: true },
  DeliveryTimedOut: { status: 'TimedOut', statusDetails: 'DeliveryTimedOut', terminal: true },
  Cancelled: { status: 'Cancelled', statusDetails: 'Cancelled', terminal: true },
} as const satisfies Readonly<Record<string, CommandWords>>

export type CommandState = keyof typeof commandStates

/** SSM's words for a step (CommandPlugin); a skipped step counts as a success there. */
export const stepStates = {
  Pending: { status: 'Pending', statusDetails: 'Pending' },
  InProgress: { status: 'InProgress', statusDetails: 'InProgress' },
  Success: { status: 'Success', statusDetails: 'Success' },
  Skipped: { status: 'Success', statusDetails: 'Success' },
  Failed: { status: 'Failed', statusDetails: 'Failed' },
  TimedOut: { status: 'TimedOut', statusDetails: 'ExecutionTimedOut' },
  Cancelled: { status: 'Cancelled', statusDetails: 'Cancelled' },
} as const

export type StepState = keyof typeof stepStates

function statesOf<T extends object>(table: T): readonly (keyof T)[] {
  return Object.keys(table) as (keyof T)[]
}
