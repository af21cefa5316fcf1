import type { InvocationState } from '@muster/protocol/delivery'
import { describe, expect, test } from 'vitest'
import { check } from './check.ts'
import type { FinalInvocation, History, LedgerLine, Observation, Send, Try } from './history.ts'
import { parseLedger } from './ledger.ts'

const NODE = 'mi-00000000000000001'
const HASH = 'a'.repeat(64)
const HEALED = 10_000

const accepted = (n: number, at = 1_000): Try => ({
  at,
  endedAt: at + 5,
  outcome: { kind: 'accepted', commandId: `command-${n}` },
})
const unanswered: Try = { at: 900, endedAt: 950, outcome: { kind: 'unknown', problem: 'ECONNRESET' } }
const aSend = (n: number, facts: Partial<Send> = {}): Send => ({
  key: `key-${n}`,
  nodeIds: [NODE],
  steps: [{ name: 'run', entries: 1, stdoutSha256: HASH }],
  tries: [accepted(n)],
  ...facts,
})
const aLine = (n: number, facts: Partial<LedgerLine> = {}): LedgerLine => ({
  nodeId: NODE,
  commandId: `command-${n}`,
  step: 'run',
  token: 't1',
  at: 1_500,
  ...facts,
})
const anEnd = (n: number, facts: Partial<FinalInvocation> = {}): FinalInvocation => ({
  commandId: `command-${n}`,
  nodeId: NODE,
  state: 'Success',
  steps: [{ name: 'run', stdoutSha256: HASH }],
  ...facts,
})
const seen = (n: number, state: InvocationState, at: number, askedAt = at - 5): Observation => ({
  commandId: `command-${n}`,
  nodeId: NODE,
  state,
  at,
  askedAt,
})

/** Two commands that went well; what is given takes the place of that. */
function aHistory(facts: Partial<History> = {}): History {
  return {
    faults: { from: 0, to: 2_000 },
    floorPerSecond: 0.5,
    healedAt: HEALED,
    sends: [aSend(1), aSend(2)],
    observations: [seen(1, 'InProgress', 1_600), seen(1, 'Success', 1_700), seen(2, 'Success', 1_700)],
    commands: [
      { commandId: 'command-1', key: 'key-1' },
      { commandId: 'command-2', key: 'key-2' },
    ],
    invocations: [anEnd(1), anEnd(2)],
    ledger: [aLine(1), aLine(2)],
    ...facts,
  }
}

const breaches = (facts: Partial<History>) => check(aHistory(facts)).map(({ invariant }) => invariant)

test('finds nothing in a clean history', () => {
  expect(check(aHistory())).toEqual([])
})

test('says which command and what of it', () => {
  expect(check(aHistory({ ledger: [aLine(1), aLine(1, { token: 't2' }), aLine(2)] }))).toEqual([
    {
      invariant: 'I2',
      commandId: 'command-1',
      text: `command-1 on ${NODE}: run was entered 2 times (t1, t2), 1 allowed`,
    },
  ])
})

describe('I1, accepted is durable', () => {
  test('is broken by an accepted command that is not there', () => {
    const facts = {
      commands: [{ commandId: 'command-2', key: 'key-2' }],
      invocations: [anEnd(2)],
      ledger: [aLine(2)],
    }
    expect(breaches(facts)).toEqual(['I1'])
  })

  test('is broken by a command that lacks an invocation', () => {
    expect(breaches({ invocations: [anEnd(1)] })).toEqual(['I1'])
  })

  test('is broken by an invocation on a node that was not asked for', () => {
    expect(breaches({ invocations: [anEnd(1), anEnd(2), anEnd(2, { nodeId: 'mi-2' })] })).toContain('I1')
  })

  test('is broken by one call that made two commands', () => {
    const commands = [...aHistory().commands, { commandId: 'command-3', key: 'key-2' }]
    const invocations = [anEnd(1), anEnd(2), anEnd(3)]
    const observations = [...aHistory().observations, seen(3, 'Success', 1_700)]
    expect(breaches({ commands, invocations, observations, ledger: [aLine(1), aLine(2), aLine(3)] })).toEqual(['I1'])
  })

  test('is broken by tries of one call that got different answers', () => {
    const texts = check(aHistory({ sends: [aSend(1, { tries: [accepted(1), accepted(2)] }), aSend(2)] }))
    expect(texts[0]?.text).toBe('key-1: its tries were answered with command-1 and command-2')
  })

  test('is broken by a command that nobody sent', () => {
    expect(breaches({ sends: [aSend(1)] })).toEqual(['I1'])
  })

  test('is broken by a script that ran for no command', () => {
    expect(breaches({ ledger: [aLine(1), aLine(2), aLine(9)] })).toEqual(['I1'])
  })

  test('leaves open whether a call without an answer was accepted', () => {
    expect(breaches({ sends: [aSend(1), aSend(2, { tries: [unanswered] })] })).toEqual([])
    expect(breaches({ sends: [aSend(1), aSend(2), aSend(3, { tries: [unanswered] })] })).toEqual([])
  })

  test('holds for a call that was answered at the second try', () => {
    expect(breaches({ sends: [aSend(1), aSend(2, { tries: [unanswered, accepted(2)] })] })).toEqual([])
  })

  test('holds for a call that was refused and left nothing', () => {
    const refused: Try = { at: 1, endedAt: 2, outcome: { kind: 'refused', code: 'InvalidInstanceId' } }
    expect(breaches({ sends: [aSend(1), aSend(2), aSend(3, { tries: [refused] })] })).toEqual([])
  })
})

describe('I2, a step starts at most once', () => {
  test('is broken by a doubled line of the ledger', () => {
    expect(breaches({ ledger: [aLine(1), aLine(2), aLine(2)] })).toEqual(['I2'])
  })

  test('is broken by a step that the document does not have', () => {
    expect(breaches({ ledger: [aLine(1), aLine(2), aLine(2, { step: 'other' })] })).toEqual(['I2'])
  })

  test('allows a step that asks for a reboot its second entry', () => {
    const steps = [{ name: 'run', entries: 2, stdoutSha256: HASH }]
    const ledger = [aLine(1), aLine(2), aLine(2, { token: 't2' })]
    expect(breaches({ sends: [aSend(1), aSend(2, { steps })], ledger })).toEqual([])
  })

  test('counts lines of one command on two nodes apart', () => {
    const facts = {
      sends: [aSend(1, { nodeIds: [NODE, 'mi-2'] }), aSend(2)],
      invocations: [anEnd(1), anEnd(1, { nodeId: 'mi-2' }), anEnd(2)],
      observations: [...aHistory().observations, { ...seen(1, 'Success', 1_700), nodeId: 'mi-2' }],
      ledger: [aLine(1), aLine(1, { nodeId: 'mi-2' }), aLine(2)],
    }
    expect(breaches(facts)).toEqual([])
  })
})

describe('I3, Success means that it ran and this is its output', () => {
  test('is broken by a wrong hash', () => {
    expect(
      breaches({ invocations: [anEnd(1), anEnd(2, { steps: [{ name: 'run', stdoutSha256: 'b'.repeat(64) }] })] }),
    ).toEqual(['I3'])
  })

  test('is broken by output that never became whole', () => {
    expect(
      breaches({ invocations: [anEnd(1), anEnd(2, { steps: [{ name: 'run', stdoutSha256: undefined }] })] }),
    ).toEqual(['I3'])
  })

  test('is broken by a Success without a line in the ledger', () => {
    expect(breaches({ ledger: [aLine(1)] })).toEqual(['I3'])
  })

  test('asks nothing of the output of a step that failed', () => {
    const observations = [seen(2, 'Failed', 1_700), ...aHistory().observations.slice(0, 2)]
    expect(breaches({ invocations: [anEnd(1), anEnd(2, { state: 'Failed', steps: [] })], observations })).toEqual([])
  })
})

describe('I4, what did not start did not run', () => {
  const ended = (state: InvocationState, facts: Partial<FinalInvocation> = {}) => ({
    invocations: [anEnd(1), anEnd(2, { state, steps: [], ...facts })],
    observations: [...aHistory().observations.slice(0, 2), seen(2, state, 1_700)],
  })

  test.each(['DeliveryTimedOut', 'Terminated', 'Undeliverable', 'InvalidPlatform', 'AccessDenied'] as const)(
    'is broken by a line in the ledger under %s',
    (state) => {
      expect(breaches(ended(state))).toEqual(['I4'])
      expect(breaches({ ...ended(state), ledger: [aLine(1)] })).toEqual([])
    },
  )

  test('lets an end that is called unknown be either', () => {
    expect(breaches(ended('DeliveryTimedOut', { isUnknown: true }))).toEqual([])
  })

  test('lets Cancelled have begun', () => {
    expect(breaches(ended('Cancelled'))).toEqual([])
  })
})

describe('I5, one end, never changed', () => {
  test('is broken by a changed terminal state', () => {
    expect(breaches({ observations: [...aHistory().observations, seen(2, 'Failed', 1_800)] })).toEqual(['I5'])
  })

  test('is broken by a last view that differs from what was told before', () => {
    const observations = [seen(1, 'Success', 1_700), seen(2, 'Failed', 1_700)]
    expect(breaches({ observations })).toEqual(['I5'])
  })

  test('is broken by an invocation that goes on after its end', () => {
    expect(breaches({ observations: [...aHistory().observations, seen(2, 'InProgress', 1_800)] })).toEqual(['I5'])
  })

  test('is broken by a last view that has lost its end', () => {
    const invocations = [anEnd(1), anEnd(2, { state: 'InProgress', steps: [] })]
    expect(breaches({ invocations })).toEqual(['I5', 'I6'])
  })

  test('does not mind an older answer that arrives late', () => {
    expect(breaches({ observations: [...aHistory().observations, seen(2, 'InProgress', 1_800, 1_650)] })).toEqual([])
  })
})

describe('I6, what started is told to its end', () => {
  test('is broken by a dropped result', () => {
    const observations = [seen(1, 'Success', 1_700), seen(2, 'InProgress', 1_700)]
    expect(breaches({ invocations: [anEnd(1), anEnd(2, { state: 'InProgress', steps: [] })], observations })).toEqual([
      'I6',
    ])
  })

  test('is broken by an end later than a minute after the faults', () => {
    const late = (at: number) => ({ observations: [seen(1, 'Success', 1_700), seen(2, 'Success', at)] })
    expect(breaches(late(HEALED + 60_000))).toEqual([])
    expect(breaches(late(HEALED + 60_001))).toEqual(['I6'])
  })

  test('gives what started after the faults its own minute', () => {
    const facts = {
      ledger: [aLine(1), aLine(2, { at: HEALED + 30_000 })],
      observations: [seen(1, 'Success', 1_700), seen(2, 'Success', HEALED + 80_000)],
    }
    expect(breaches(facts)).toEqual([])
  })

  test('gives what waits its turn on a node all the time it needs, but not for ever', () => {
    const observations = (at: number) => [
      seen(1, 'Success', 1_700),
      seen(2, 'InProgress', 1_700),
      seen(2, 'Failed', at),
    ]
    const failed = [anEnd(1), anEnd(2, { state: 'Failed', steps: [] })]
    expect(breaches({ invocations: failed, observations: observations(90_000), ledger: [aLine(1)] })).toEqual([])
    const open = [anEnd(1), anEnd(2, { state: 'InProgress', steps: [] })]
    expect(breaches({ invocations: open, observations: observations(1_800).slice(0, 2), ledger: [aLine(1)] })).toEqual([
      'I6',
    ])
  })

  test('asks nothing of what never started', () => {
    const facts = {
      invocations: [anEnd(1), anEnd(2, { state: 'Delayed' as const, steps: [] })],
      observations: [seen(1, 'Success', 1_700)],
      ledger: [aLine(1)],
    }
    expect(breaches(facts)).toEqual([])
  })
})

describe('the floor', () => {
  test('fails a run with less traffic than needed', () => {
    expect(check(aHistory({ floorPerSecond: 1.1 }))).toEqual([
      {
        invariant: 'floor',
        text: '2 commands were accepted in 2.0 s of faults: 1.0 a second, at least 1.1 are needed',
      },
    ])
  })

  test('counts only what was accepted during the faults', () => {
    const sends = [aSend(1), aSend(2, { tries: [accepted(2, 5_000)] })]
    expect(breaches({ floorPerSecond: 1, sends })).toEqual(['floor'])
  })

  test('fails a run without faults', () => {
    expect(breaches({ faults: { from: 1_005, to: 1_005 } })).toEqual(['floor'])
  })
})

test('reads a ledger, and takes a torn line for what it is', () => {
  expect(parseLedger(NODE, 'command-1 run t1 1.50\n', 0)).toEqual([aLine(1)])
  expect(() => parseLedger(NODE, 'command-1 run', 0)).toThrow('is not whole')
})
