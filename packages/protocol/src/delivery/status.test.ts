import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commandCounters, commandOutcome, type InvocationCounts } from './outcome.ts'
import { parseRate } from './rate.ts'
import {
  commandStates,
  finalStatus,
  type InvocationState,
  invocationStateOf,
  invocationStates,
  type NodeStepStatus,
  openInvocationStates,
} from './status.ts'

const ofSteps = (...statuses: NodeStepStatus[]) => finalStatus(statuses.map((status) => ({ status })))

test.each<[NodeStepStatus[], string]>([
  [['Success', 'Skipped', 'Success'], 'Success'],
  [['Skipped'], 'Success'],
  [['Failed', 'SuccessAndReboot', 'TimedOut'], 'SuccessAndReboot'],
  [['Cancelled', 'TimedOut', 'Failed', 'Success'], 'Failed'],
  [['Cancelled', 'TimedOut', 'Success'], 'TimedOut'],
  [['Success', 'Cancelled', 'Skipped'], 'Cancelled'],
  [['Success', 'NotStarted'], 'InProgress'],
  [['InProgress', 'Success'], 'InProgress'],
  [['InProgress', 'Failed'], 'Failed'],
])('steps %j make the run %s', (statuses, expected) => {
  expect(ofSteps(...statuses)).toBe(expected)
})

test('a run is a success exactly when every step is one or was skipped, in any order', () => {
  const status = fc.constantFrom<NodeStepStatus>(
    'NotStarted',
    'InProgress',
    'Success',
    'SuccessAndReboot',
    'Failed',
    'TimedOut',
    'Cancelled',
    'Skipped',
  )
  fc.assert(
    fc.property(fc.array(status, { minLength: 1, maxLength: 6 }), (statuses) => {
      const good = statuses.every((each) => each === 'Success' || each === 'Skipped')
      expect(ofSteps(...statuses) === 'Success').toBe(good)
      expect(ofSteps(...statuses.toReversed())).toBe(ofSteps(...statuses))
    }),
  )
})

test('the wire words of every state of an invocation', () => {
  const rows = Object.entries(invocationStates).map(([state, words]) => {
    return `${state}: ${words.status}/${words.statusDetails}${words.terminal ? ' terminal' : ''}${words.countsAsError ? ' error' : ''}`
  })
  expect(rows).toEqual([
    'Pending: Pending/Pending',
    'Delayed: Delayed/Delayed',
    'InProgress: InProgress/InProgress',
    'Cancelling: Cancelling/Cancelling',
    'Success: Success/Success terminal',
    'Failed: Failed/Failed terminal error',
    'ExecutionTimedOut: TimedOut/ExecutionTimedOut terminal error',
    'DeliveryTimedOut: TimedOut/DeliveryTimedOut terminal',
    'Cancelled: Cancelled/Cancelled terminal',
    'Terminated: Cancelled/Terminated terminal',
    'Undeliverable: Failed/Undeliverable terminal',
    'InvalidPlatform: Failed/InvalidPlatform terminal',
    'AccessDenied: Failed/AccessDenied terminal',
  ])
  expect(openInvocationStates).toEqual(['Pending', 'Delayed', 'InProgress', 'Cancelling'])
  expect(invocationStateOf('TimedOut')).toBe('ExecutionTimedOut')
  expect(invocationStateOf('Failed')).toBe('Failed')
})

const outcome = (counts: InvocationCounts, maxErrors = 0, cancelRequested = false) =>
  commandOutcome({ counts, maxErrors, cancelRequested })

test.each<[InvocationCounts, number, string]>([
  [{}, 0, 'NoInstancesInTag'],
  [{ Pending: 3 }, 0, 'Pending'],
  [{ Pending: 1, Delayed: 1 }, 0, 'Pending'],
  [{ Delayed: 2 }, 0, 'Delayed'],
  [{ Delayed: 2, InProgress: 1 }, 0, 'InProgress'],
  [{ Pending: 1, Success: 1 }, 0, 'InProgress'],
  [{ Success: 3 }, 0, 'Success'],
  [{ Success: 2, Failed: 1 }, 0, 'Failed'],
  [{ Success: 2, Failed: 1 }, 1, 'Incomplete'],
  [{ Failed: 4, Terminated: 46 }, 3, 'Failed'],
  [{ Success: 1, ExecutionTimedOut: 1 }, 0, 'ExecutionTimedOut'],
  [{ Success: 1, DeliveryTimedOut: 1 }, 0, 'DeliveryTimedOut'],
  [{ Success: 5, DeliveryTimedOut: 1 }, 2, 'Incomplete'],
  [{ Success: 5, DeliveryTimedOut: 2 }, 2, 'DeliveryTimedOut'],
  [{ Failed: 2, ExecutionTimedOut: 1, Success: 3 }, 2, 'Failed'],
  [{ Undeliverable: 1, AccessDenied: 1, InvalidPlatform: 1 }, 0, 'Failed'],
  [{ AccessDenied: 3, Success: 1 }, 0, 'Success'],
  [{ AccessDenied: 1, Success: 1, Failed: 1 }, 5, 'Incomplete'],
  [{ Cancelled: 2 }, 0, 'Cancelled'],
  [{ Cancelled: 1, Success: 1 }, 0, 'Incomplete'],
])('invocations %j with MaxErrors %i make the command %s', (counts, maxErrors, expected) => {
  expect(outcome(counts, maxErrors)).toBe(expected)
})

test('a cancelled command is cancelling while open, cancelled if it hit anything, and else what it was', () => {
  expect(outcome({ InProgress: 1, Success: 1 }, 0, true)).toBe('Cancelling')
  expect(outcome({ Cancelled: 1, Failed: 1, Success: 1 }, 0, true)).toBe('Cancelled')
  expect(outcome({ Success: 2 }, 0, true)).toBe('Success')
})

const anyCounts = fc.dictionary(
  fc.constantFrom(...(Object.keys(invocationStates) as InvocationState[])),
  fc.integer({ min: 1, max: 9 }),
  {
    noNullPrototype: true,
  },
) as fc.Arbitrary<InvocationCounts>

test('a command is terminal exactly when all of its invocations are', () => {
  fc.assert(
    fc.property(anyCounts, fc.nat(5), fc.boolean(), (counts, maxErrors, cancelRequested) => {
      const open = openInvocationStates.some((state) => (counts[state] ?? 0) > 0)
      expect(commandStates[outcome(counts, maxErrors, cancelRequested)].terminal).toBe(!open)
    }),
  )
})

test('more errors than allowed never end in success', () => {
  fc.assert(
    fc.property(anyCounts, fc.nat(5), (counts, maxErrors) => {
      fc.pre(commandCounters(counts).errors > maxErrors)
      expect(outcome(counts, maxErrors)).not.toBe('Success')
    }),
  )
})

test('counters count terminal states, errors and delivery time-outs', () => {
  const counts = {
    Pending: 1,
    InProgress: 2,
    Success: 3,
    Failed: 4,
    ExecutionTimedOut: 5,
    DeliveryTimedOut: 6,
    Terminated: 7,
  }
  expect(commandCounters(counts)).toEqual({ completed: 25, errors: 9, deliveryTimedOut: 6 })
})

test.each([
  ['5', 50, 'concurrency', 5],
  ['10%', 50, 'concurrency', 5],
  ['10%', 51, 'concurrency', 6],
  ['1%', 3, 'concurrency', 1],
  ['10%', 0, 'concurrency', 1],
  ['100%', 7, 'concurrency', 7],
  ['0', 50, 'errors', 0],
  ['3', 50, 'errors', 3],
  ['10%', 50, 'errors', 5],
  ['10%', 19, 'errors', 1],
  ['0%', 50, 'errors', 0],
  ['100%', 4, 'errors', 4],
] as const)('%s of %i targets for %s is %i', (text, targets, kind, expected) => {
  expect(parseRate(text, targets, kind)).toBe(expected)
})

test.each(['', '5.5', '101%', '-1', '%', '5 %', '1e3'])('refuses the rate %j', (text) => {
  expect(() => parseRate(text, 10, 'errors')).toThrow(`${text} is not a rate`)
})

test('a percentage grows with the targets, stays within them, and concurrency never starves', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 20_000 }), (percent, targets) => {
      const concurrency = parseRate(`${percent}%`, targets, 'concurrency')
      const errors = parseRate(`${percent}%`, targets, 'errors')
      expect(concurrency >= 1 && concurrency <= targets && errors <= concurrency && concurrency - errors <= 1).toBe(
        true,
      )
      expect(parseRate(`${percent}%`, targets + 1, 'concurrency')).toBeGreaterThanOrEqual(concurrency)
    }),
  )
})
