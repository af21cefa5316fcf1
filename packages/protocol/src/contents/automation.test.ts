import { expect, test } from 'vitest'
import { parseTyped } from './index.ts'

const sleep = (name: string, more: object = {}) => ({
  name,
  action: 'aws:sleep',
  inputs: { Duration: 'PT1S' },
  ...more,
})
const branch = (name: string, Choices: unknown, Default?: string) => ({
  ...{ name, action: 'aws:branch', inputs: { Choices, ...(Default && { Default }) } },
})
const equals = (NextStep: string) => ({ NextStep, Variable: '{{ p }}', StringEquals: 'x' })
const document = (mainSteps: unknown, more: object = {}) => ({ schemaVersion: '0.3', mainSteps, ...more })

function problemOf(value: unknown, type: 'Automation' | 'Automation.ChangeTemplate' = 'Automation'): string {
  const parsed = parseTyped(type, JSON.stringify(value), 'JSON')
  return parsed.ok ? 'accepted' : `${parsed.code}: ${parsed.text}`
}

test('a runbook is described with its parameters, those of AWS’s resource types among them', () => {
  const parameters = {
    InstanceId: { type: 'AWS::EC2::Instance::Id' },
    Ids: { type: 'List<AWS::EC2::Instance::Id>', default: ['i-1'] },
    automation_role: { type: 'AWS::IAM::Role::Arn', default: '' },
    flag: { type: 'Boolean', default: true },
  }
  const text = JSON.stringify(document([sleep('one')], { description: 'Waits.', parameters }))
  const parsed = parseTyped('Automation', text, 'JSON')
  expect(parsed).toMatchObject({
    ok: true,
    document: { schemaVersion: '0.3', description: 'Waits.', platformTypes: ['Linux', 'Windows', 'MacOS'] },
  })
  expect(parsed.ok && parsed.document.parameters.map(({ name, type }) => [name, type])).toEqual([
    ['InstanceId', 'String'],
    ['Ids', 'StringList'],
    ['automation_role', 'String'],
    ['flag', 'Boolean'],
  ])
})

test.each([
  ['an end in the middle', [sleep('one', { isEnd: true }), sleep('two')]],
  ['a jump over a step', [sleep('one', { nextStep: 'three' }), sleep('two', { isEnd: true }), sleep('three')]],
  ['onFailure to a step', [sleep('one', { onFailure: 'step:two', isEnd: true }), sleep('two')]],
  ['onFailure Continue, isCritical', [sleep('one', { onFailure: 'Continue', isCritical: true })]],
  ['counts as texts and references', [sleep('one', { maxAttempts: '3', timeoutSeconds: '{{ seconds }}' })]],
  ['a branch with a default', [branch('go', [equals('one')], 'two'), sleep('one', { isEnd: true }), sleep('two')]],
  [
    'a branch with And, Or and Not',
    [
      branch('go', [
        {
          NextStep: 'one',
          And: [{ Variable: 'a', NumericGreater: 1 }, { Not: { Variable: 'b', BooleanEquals: true } }],
        },
        {
          NextStep: 'one',
          Or: [
            { Variable: 'a', Contains: 'x' },
            { Variable: 'a', EndsWith: 'y' },
          ],
        },
      ]),
      sleep('one'),
    ],
  ],
  [
    'a loop over a list',
    [{ name: 'each', action: 'aws:loop', inputs: { Iterators: '{{ Ids }}', Steps: [sleep('inner')] } }],
  ],
  [
    'a loop while a condition holds',
    [
      {
        name: 'again',
        action: 'aws:loop',
        inputs: { LoopCondition: { Variable: 'a', StringEquals: 'x' }, MaxIterations: 5, Steps: [sleep('inner')] },
      },
    ],
  ],
  ['a pause', [{ name: 'hold', action: 'aws:pause', inputs: {} }]],
])('%s is taken', (_what, mainSteps) => {
  expect(problemOf(document(mainSteps))).toBe('accepted')
})

const script = (inputs: object) => [{ name: 'run', action: 'aws:executeScript', inputs }]

test.each<[string, unknown]>([
  ['mainSteps is missing.', undefined],
  ['mainSteps must be a list of steps.', {}],
  ['mainSteps must have at least one step.', []],
  ['mainSteps[0] must be a map.', ['one']],
  ['mainSteps[0].name is missing.', [{ action: 'aws:sleep' }]],
  ['mainSteps[0].name must be 1 to 128 letters, digits or _', [sleep('a-b')]],
  ['mainSteps[1].name is "one", the name of mainSteps[0].', [sleep('one'), sleep('one')]],
  ['mainSteps[0].action is missing.', [{ name: 'one' }]],
  [
    'mainSteps[0].action is aws:brew, which is no action of Automation documents.',
    [{ name: 'one', action: 'aws:brew' }],
  ],
  ['mainSteps[0].action is toString, which is no action of Automation documents.', [{ name: 'a', action: 'toString' }]],
  ['mainSteps[0].inputs must be a map.', [sleep('one', { inputs: [] })]],
  ['mainSteps[0].inputs: Duration or Timestamp is needed.', [sleep('one', { inputs: {} })]],
  [
    'mainSteps[0].inputs: Script or Attachment is needed, and only one of them.',
    script({ Runtime: 'python3.11', Handler: 'main', Script: 'x', Attachment: 'y' }),
  ],
  [
    'mainSteps[0].inputs: Handler is missing: a Python script needs it.',
    script({ Runtime: 'python3.11', Script: 'def main(): pass' }),
  ],
  ['mainSteps[0].onFailure must be Abort, Continue or step:NAME.', [sleep('one', { onFailure: 'exit' })]],
  ['mainSteps[0].onCancel must be Abort or step:NAME.', [sleep('one', { onCancel: 'Continue' })]],
  ['mainSteps[0].isEnd must be true or false.', [sleep('one', { isEnd: 'yes' })]],
  ['mainSteps[0].maxAttempts must be a whole number of at least 1.', [sleep('one', { maxAttempts: 0 })]],
  ['mainSteps[0] leads to the step gone, which is not there.', [sleep('one', { nextStep: 'gone' })]],
  ['mainSteps[0] leads to the step gone, which is not there.', [sleep('one', { onFailure: 'step:gone' })]],
  ['mainSteps[0] leads to the step gone, which is not there.', [branch('go', [equals('gone')]), sleep('one')]],
  ['The steps run in a circle: one -> two -> one.', [sleep('one'), sleep('two', { nextStep: 'one' })]],
  [
    'The steps run in a circle: two -> go -> two.',
    [sleep('one'), sleep('two'), branch('go', [equals('two')], 'end'), sleep('end')],
  ],
  ['The steps run in a circle: one -> one.', [sleep('one', { onFailure: 'step:one' })]],
  [
    'mainSteps[0].onCancel leads to three, and aws:sleep cannot run after a cancellation.',
    [
      { ...sleep('one', { onCancel: 'step:two', isEnd: true }) },
      { name: 'two', action: 'aws:deleteStack', inputs: { StackName: 'x' } },
      sleep('three'),
    ],
  ],
  ['mainSteps[0].inputs.Choices must be a list of at least one choice.', [branch('go', [])]],
  ['mainSteps[0].inputs.Choices[0].NextStep must be the name of a step.', [branch('go', [{ Variable: 'x' }])]],
  [
    'mainSteps[0].inputs.Choices[0].And must be a list of at least two conditions.',
    [branch('go', [{ NextStep: 'one', And: [{ Variable: 'x', Contains: 'y' }] }]), sleep('one')],
  ],
  [
    'mainSteps[0].inputs.Choices[0] must have exactly one operator; it has 0.',
    [branch('go', [{ NextStep: 'one', Variable: 'x' }]), sleep('one')],
  ],
  ['mainSteps[0].outputs must be a list of maps with Name, Selector and Type.', [sleep('one', { outputs: {} })]],
  [
    'mainSteps[0].outputs[0].Selector must be a JSONPath such as $.Name.',
    [sleep('one', { outputs: [{ Name: 'a', Selector: 'a' }] })],
  ],
  [
    'mainSteps[0].outputs[0].Type must be one of String, StringList, Boolean, Integer, MapList, StringMap.',
    [sleep('one', { outputs: [{ Name: 'a', Selector: '$.a', Type: 'Text' }] })],
  ],
  [
    'mainSteps[0].inputs must have Iterators or LoopCondition, and one of them only.',
    [{ name: 'each', action: 'aws:loop', inputs: { Steps: [sleep('inner')] } }],
  ],
  [
    'mainSteps[0].inputs.Steps[0].name is "each", the name of mainSteps[0].',
    [{ name: 'each', action: 'aws:loop', inputs: { Iterators: ['a'], Steps: [sleep('each')] } }],
  ],
  [
    'mainSteps[0].inputs.Steps[0] leads to the step after, which is not there.',
    [
      {
        name: 'each',
        action: 'aws:loop',
        inputs: { Iterators: ['a'], Steps: [sleep('inner', { nextStep: 'after' })] },
      },
      sleep('after'),
    ],
  ],
  [
    'mainSteps[0].inputs.Duration refers to Parameter Store ({{ ssm:… }}), which only the default of a parameter may.',
    [sleep('one', { inputs: { Duration: '{{ ssm:/wait }}' } })],
  ],
  [
    'mainSteps[0].inputs.Duration has a reference within a reference.',
    [sleep('one', { inputs: { Duration: '{{ a {{ b }} }}' } })],
  ],
  [
    'mainSteps[0].inputs.Name is the variable count, which variables does not have.',
    [{ name: 'set', action: 'aws:updateVariable', inputs: { Name: 'variable:count', Value: 1 } }],
  ],
])('refuses with its place: %s', (text, mainSteps) => {
  expect(problemOf(document(mainSteps))).toBe(`InvalidDocumentContent: ${text}`)
})

test('an unknown operator of a branch is named with all that there are', () => {
  const choice = { NextStep: 'one', Variable: 'x', StringLike: 'y' }
  expect(problemOf(document([branch('go', [choice]), sleep('one')]))).toMatch(
    /Choices\[0\]\.StringLike is no operator: StringEquals, EqualsIgnoreCase, /,
  )
})

test.each([
  ['InvalidDocumentSchemaVersion: schemaVersion is missing. Supported: 0.3.', { schemaVersion: undefined }],
  [
    'InvalidDocumentSchemaVersion: Schema version 2.2 is not supported for a document of type Automation. Supported: 0.3.',
    { schemaVersion: '2.2' },
  ],
  ['InvalidDocumentContent: assumeRole must be a string.', { assumeRole: 1 }],
  ['InvalidDocumentContent: variables.n.type is missing.', { variables: { n: {} } }],
  [
    'InvalidDocumentContent: parameters.p.default must be a string.',
    { parameters: { p: { type: 'String', default: 1 } } },
  ],
  [
    'InvalidDocumentContent: outputs[0] is gone.Out, and neither a step nor a parameter has that name.',
    { outputs: ['gone.Out'] },
  ],
  [
    'InvalidDocumentContent: files.x.checksums.sha256 must be 64 hex digits.',
    { files: { x: { checksums: { sha256: 'a' } } } },
  ],
  ['accepted', { outputs: ['one.Out', '{{ one.Out }}', 'p'], parameters: { p: { type: 'String' } } }],
  ['accepted', { parameters: { p: { type: 'String', default: '{{ ssm:/name }}' } } }],
])('of the whole: %s', (text, more) => {
  expect(problemOf(document([sleep('one')], more))).toBe(text)
})

test('a change template needs the step that makes the change', () => {
  const approve = {
    name: 'approve',
    action: 'aws:approve',
    inputs: { EnhancedApprovals: { Approvers: [{ approver: 'ops', type: 'IamGroup', minRequiredApprovals: 1 }] } },
  }
  const change = { name: 'change', action: 'aws:executeAutomation', inputs: { DocumentName: '{{ DocumentName }}' } }
  const rules = { emergencyChange: false, autoApprovable: true, executableRunBooks: [{ name: 'AWS-X', version: '1' }] }
  const type = 'Automation.ChangeTemplate'
  expect(problemOf(document([approve, change], rules), type)).toBe('accepted')
  expect(problemOf(document([approve], rules), type)).toMatch(/must have a step with the action aws:executeAutomation/)
  expect(problemOf(document([approve, change], { autoApprovable: 'yes' }), type)).toMatch(
    /^InvalidDocumentContent: auto/,
  )
})
