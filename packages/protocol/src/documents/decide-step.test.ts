import { expect, test } from 'vitest'
import type { PlainObject } from '#kit/index.ts'
import { knownActions } from './actions.ts'
import { decideStep, type StepQuestion } from './decide-step.ts'
import type { ResolvedParameters } from './document.ts'
import { freezePrecondition } from './precondition.ts'

const parameters: ResolvedParameters = new Map([['os', { value: 'Linux', interpolation: 'TEXT' }]])
const frozen = (precondition: PlainObject) => freezePrecondition(precondition, parameters)
const equals = (...operands: string[]) => frozen({ StringEquals: operands })

interface Asked extends Partial<Omit<StepQuestion, 'step'>> {
  action?: string
  inputs?: PlainObject
  precondition?: ReturnType<typeof frozen>
}

function decide({ action = 'aws:runShellScript', inputs = {}, precondition, ...rest }: Asked) {
  return decideStep({
    step: { name: 'N', action, inputs, ...(precondition && { precondition }) },
    schemaVersion: '2.2',
    platform: 'Linux',
    knownActions,
    supportedActions: new Set(['aws:runShellScript']),
    ...rest,
  })
}

const RUN = { run: true }
const UNKNOWN =
  'Plugin with name aws:new is not supported by this version of ssm agent, please update to latest version. Step name: N'
const UNSUPPORTED = 'Step execution skipped due to unsupported plugin: aws:applications. Step name: N'
const onWindows = equals('platformType', 'Windows')
const malformed = (problem: string) => ({
  fail: `Unrecognized precondition(s): '${problem}', please update agent to latest version. Step name: N`,
})

test('an earlier exit skips the step before anything else is looked at', () => {
  expect(decide({ exited: true, action: 'aws:new', precondition: frozen({ Foo: [] }) })).toEqual({
    skip: 'Plugin with name aws:new and id N skipped due to prior step with an exit condition',
  })
})

test.each([true, 'true'])('a last step with finallyStep %j runs in spite of an earlier exit', (finallyStep) => {
  expect(decide({ exited: true, isLast: true, inputs: { finallyStep } })).toEqual(RUN)
})

test.each([
  [{ finallyStep: true }, false],
  [{ finallyStep: 'yes' }, true],
  [{}, true],
])('a step with %j is skipped after an exit (the last one: %j)', (inputs, isLast) => {
  expect(decide({ exited: true, isLast, inputs })).toHaveProperty('skip')
})

test.each(['1.2', '2.0', '2.2'] as const)(
  'an action of the platform that this agent cannot run fails in schema %s',
  (schemaVersion) => {
    expect(decide({ schemaVersion, action: 'aws:softwareInventory' })).toEqual({
      fail: UNKNOWN.replace('aws:new', 'aws:softwareInventory'),
    })
  },
)

test('a false precondition skips an action that this agent cannot run', () => {
  expect(decide({ action: 'aws:softwareInventory', precondition: onWindows })).toHaveProperty('skip')
})

test('without a precondition a known and supported step runs, an unknown one fails, an unsupported one is skipped', () => {
  expect(decide({})).toEqual(RUN)
  expect(decide({ action: 'aws:new' })).toEqual({ fail: UNKNOWN })
  expect(decide({ action: 'aws:applications' })).toEqual({ skip: UNSUPPORTED })
})

test('an empty precondition is none', () => {
  expect(decide({ precondition: frozen({}) })).toEqual(RUN)
})

test('a true precondition decides as none would', () => {
  const precondition = equals('platformType', 'Linux')
  expect(decide({ precondition })).toEqual(RUN)
  expect(decide({ precondition, action: 'aws:new' })).toEqual({ fail: UNKNOWN })
  expect(decide({ precondition, action: 'aws:applications' })).toEqual({ skip: UNSUPPORTED })
})

test('a false precondition skips, and says so unless the action is unsupported too', () => {
  expect(decide({ precondition: onWindows })).toEqual({
    skip: `Step execution skipped due to unsatisfied preconditions: '"StringEquals": [platformType, Windows]'. Step name: N`,
  })
  expect(decide({ precondition: onWindows, action: 'aws:applications' })).toEqual({ skip: UNSUPPORTED })
  expect(decide({ precondition: onWindows, action: 'aws:new' })).toEqual({
    skip: 'Step execution skipped due to unsupported plugin: aws:new. Step name: N',
  })
})

test('the platform compares without regard to case and in either order', () => {
  expect(decide({ precondition: equals('LINUX', 'platformType') })).toEqual(RUN)
  expect(decide({ precondition: equals('macos', 'platformType'), platform: 'MacOS' })).toEqual(RUN)
})

test('a document parameter compares exactly, whole or inside a string', () => {
  expect(decide({ precondition: equals('{{ os }}', 'Linux') })).toEqual(RUN)
  expect(decide({ precondition: equals('x-Linux', 'x-{{os}}') })).toEqual(RUN)
  expect(decide({ precondition: equals('{{ os }}', 'linux') })).toEqual({
    skip: `Step execution skipped due to unsatisfied preconditions: '"StringEquals": [{{ os }}, linux]'. Step name: N`,
  })
})

test('a value of a parameter is never taken for the platform', () => {
  const tricky = new Map([['os', { value: 'platformType', interpolation: 'TEXT' as const }]])
  const precondition = freezePrecondition({ StringEquals: ['{{ os }}', 'Linux'] }, tricky)
  expect(decide({ precondition })).toHaveProperty('skip')
})

test.each([
  [{ StringNotEquals: ['a', 'b'] }, 'unrecognized operator: "StringNotEquals"'],
  [{ StringEquals: ['platformType'] }, '"StringEquals": operator accepts exactly 2 arguments'],
  [{ StringEquals: 'platformType' }, '"StringEquals": operator accepts exactly 2 arguments'],
  [{ StringEquals: ['platformType', 1] }, '"StringEquals": operator\'s arguments must be strings'],
  [{ StringEquals: ['platformType', 'platformType'] }, '"StringEquals": [platformType platformType]'],
  [{ StringEquals: ['{{ os }}', '{{ os }}'] }, '"StringEquals": operator\'s arguments can\'t be identical'],
  [
    { StringEquals: ['{{ ssm:x }}', '{{ os }}'] },
    '"StringEquals": operator\'s arguments can\'t contain SSM parameters',
  ],
  [
    { StringEquals: ['{{ ssm-secure:x }}', 'a'] },
    '"StringEquals": operator\'s arguments can\'t contain secure SSM parameters',
  ],
  [
    { StringEquals: ['platformType', '{{ os }}'] },
    '"StringEquals": the second argument for the platformType variable can\'t contain document parameters',
  ],
  [
    { StringEquals: ['{{ nope }}', 'a'] },
    '"StringEquals": at least one of operator\'s arguments must contain a valid document parameter',
  ],
])('the malformed precondition %j fails the step', (precondition, problem) => {
  expect(decide({ precondition: frozen(precondition) })).toEqual(malformed(problem))
})

test('a false precondition beside a malformed one skips the step', () => {
  expect(decide({ precondition: frozen({ StringEquals: ['platformType', 'Windows'], Foo: [] }) })).toEqual({
    skip: `Step execution skipped due to unsatisfied preconditions: '"StringEquals": [platformType, Windows], unrecognized operator: "Foo"'. Step name: N`,
  })
})

test.each(['1.2', '2.0'] as const)('schema %s fails where 2.2 skips, and knows no preconditions', (schemaVersion) => {
  expect(decide({ schemaVersion })).toEqual(RUN)
  expect(decide({ schemaVersion, action: 'aws:new' })).toEqual({ fail: UNKNOWN })
  expect(decide({ schemaVersion, action: 'aws:applications' })).toEqual({
    fail: 'Plugin with name aws:applications is not supported in current platform. Step name: N',
  })
  expect(decide({ schemaVersion, precondition: equals('platformType', 'Linux') })).toEqual({
    fail: 'Precondition is not supported for document schema version prior to 2.2. Step name: N',
  })
})
