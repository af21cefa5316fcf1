import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PlainObject } from '#kit/index.ts'
import { concludeStep, type StepEnd } from './conclude-step.ts'
import { decideStep } from './decide-step.ts'

const ran = (exitCode: number): StepEnd => ({ status: exitCode === 0 ? 'Success' : 'Failed', exitCode, begun: true })
const ON_FAILURE = '\nStep was found to have onFailure property. Further document steps will be skipped.'
const exitText = (code: number, words: string) =>
  `\nStep exited with code ${code}. Therefore, marking step as ${words}. Further document steps will be skipped.`

test.each([
  [0, {}, 'Success', 0, false],
  [3, {}, 'Failed', 3, false],
  [3, { onFailure: 'exit' }, 'Failed', 3, true],
  [3, { onFailure: 'successAndExit' }, 'Success', 168, true],
  [3, { onFailure: 'Exit' }, 'Failed', 3, false],
  [3, { onSuccess: 'exit' }, 'Failed', 3, false],
  [0, { onSuccess: 'exit' }, 'Success', 0, true],
  [0, { onFailure: 'exit' }, 'Success', 0, false],
  [168, {}, 'Success', 168, true],
  [168, { onFailure: 'exit' }, 'Success', 168, true],
  [169, {}, 'Failed', 169, true],
  [169, { onFailure: 'successAndExit' }, 'Failed', 169, true],
])('exit code %i with %j ends the step %s with code %i; the rest is skipped: %s', (code, inputs, ...expected) => {
  const { status, exitCode, exits } = concludeStep(inputs, ran(code))
  expect([status, exitCode, exits]).toEqual(expected)
})

test.each([
  [168, {}, { stdoutEnd: exitText(168, 'succeeded'), stderrHidden: true }],
  [169, {}, { stdoutEnd: exitText(169, 'Failed'), stderrEnd: exitText(169, 'Failed') }],
  [1, { onFailure: 'exit' }, { stdoutEnd: ON_FAILURE, stderrEnd: ON_FAILURE }],
  [1, { onFailure: 'successAndExit' }, { stdoutEnd: ON_FAILURE, stderrEnd: ON_FAILURE }],
  [0, { onSuccess: 'exit' }, {}],
])('exit code %i with %j is said in the output', (code, inputs, note) => {
  expect(concludeStep(inputs, ran(code)).note).toEqual(note)
})

test.each(['TimedOut', 'Cancelled'] as const)('a step that was stopped (%s) has not failed', (status) => {
  expect(concludeStep({ onFailure: 'successAndExit' }, { status, exitCode: -1, begun: true })).toEqual({
    ...{ status, exitCode: -1, exits: false, note: {} },
  })
})

test('a step that failed before it began ends the document by onFailure exit, and never becomes a success', () => {
  const end: StepEnd = { status: 'Failed', exitCode: -1, begun: false }
  expect(concludeStep({ onFailure: 'exit' }, end)).toMatchObject({ status: 'Failed', exits: true, note: {} })
  expect(concludeStep({ onFailure: 'successAndExit' }, end)).toMatchObject({ status: 'Failed', exits: false })
})

interface Written {
  readonly inputs: PlainObject
  readonly code: number
}

const documents = fc.array(
  fc.record<Written>({
    inputs: fc.record(
      {
        onFailure: fc.constantFrom('exit', 'successAndExit', 'other'),
        onSuccess: fc.constantFrom('exit', 'other'),
        finallyStep: fc.constantFrom<(boolean | string)[]>(true, 'true', false, 'false'),
      },
      { requiredKeys: [] },
    ),
    code: fc.constantFrom(0, 0, 1, 137, 168, 169),
  }),
  { minLength: 1, maxLength: 6 },
)

/** Runs a document by the two decisions, from what is known of its first steps. */
function run(steps: readonly Written[], known: readonly ReturnType<typeof concludeStep>[] = []) {
  const done = [...known]
  for (const [index, { inputs, code }] of [...steps.entries()].slice(known.length)) {
    const decision = decideStep({
      step: { name: `s${index}`, action: 'aws:runShellScript', inputs },
      schemaVersion: '2.2',
      platform: 'Linux',
      knownActions: new Set(['aws:runShellScript']),
      supportedActions: new Set(['aws:runShellScript']),
      exited: done.some(({ exits }) => exits),
      isLast: index === steps.length - 1,
    })
    done.push('run' in decision ? concludeStep(inputs, ran(code)) : SKIPPED)
  }
  return done
}

const SKIPPED = { status: 'Success', exitCode: -2, exits: false, note: {} } as const

test('once a step ends the document nothing runs but a last step with finallyStep', () => {
  fc.assert(
    fc.property(documents, (steps) => {
      const codes = run(steps).map(({ exitCode }) => exitCode)
      const ending = steps.findIndex(({ inputs: { onFailure, onSuccess }, code }) => {
        if (code === 168 || code === 169) return true
        return code === 0 ? onSuccess === 'exit' : onFailure === 'exit' || onFailure === 'successAndExit'
      })
      const ranSteps = steps.map((step, index) => {
        const isFinally = index === steps.length - 1 && String(step.inputs['finallyStep']) === 'true'
        return ending < 0 || index <= ending || isFinally
      })
      expect(codes.map((code) => code !== -2)).toEqual(ranSteps)
    }),
    { numRuns: 1000 },
  )
})

test('a run that is taken up from any of its steps goes on as if it had not been interrupted', () => {
  fc.assert(
    fc.property(documents, fc.nat(5), (steps, cut) => {
      const whole = run(steps)
      const journaled = JSON.parse(JSON.stringify(whole.slice(0, cut)))
      expect(run(steps, journaled)).toEqual(whole)
    }),
    { numRuns: 1000 },
  )
})
