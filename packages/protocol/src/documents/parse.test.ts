import { expect, test } from 'vitest'
import { builtinDocuments } from './builtin/index.ts'
import { parseDocument } from './parse.ts'

const step = { action: 'aws:runShellScript', name: 'one', inputs: { runCommand: ['true'] } }
const base = { schemaVersion: '2.2', mainSteps: [step] }

function problemOf(value: unknown): string {
  const result = parseDocument(JSON.stringify(value), 'JSON')
  return result.ok ? 'accepted' : `${result.code}: ${result.text}`
}

const withStep = (members: object) => ({ ...base, mainSteps: [{ ...step, ...members }] })
const withParameter = (definition: unknown) => ({ ...base, parameters: { p: definition } })

test('reads the same document from JSON and from YAML', () => {
  const json = parseDocument(
    JSON.stringify({ ...base, description: 'd', parameters: { p: { type: 'String', default: 'x' } } }),
    'JSON',
  )
  const yaml = parseDocument(
    `---
schemaVersion: '2.2'
description: d
parameters:
  p: { type: String, default: x }
mainSteps:
  - action: aws:runShellScript
    name: one
    inputs:
      runCommand: [ 'true' ]
`,
    'YAML',
  )
  expect(yaml).toEqual(json)
  expect(json).toEqual({
    ok: true,
    document: {
      schemaVersion: '2.2',
      description: 'd',
      parameters: [{ name: 'p', type: 'String', interpolation: 'TEXT', default: 'x' }],
      steps: [{ index: 0, name: 'one', action: 'aws:runShellScript', inputs: { runCommand: ['true'] } }],
    },
  })
})

test('keeps unknown members out and accepts a step without inputs', () => {
  expect(
    problemOf({ ...base, files: {}, mainSteps: [{ action: 'aws:updateSsmAgent', name: 'one', settings: {} }] }),
  ).toBe('accepted')
})

const withPlugins = (runtimeConfig: unknown) => ({ schemaVersion: '1.2', runtimeConfig })
const plugin = (properties: unknown) => withPlugins({ 'aws:runShellScript': { properties } })

test('reads schema 1.2 into the same steps, each set of properties named as its plugin', () => {
  const parsed = parseDocument(
    JSON.stringify({
      ...withPlugins({
        'aws:psModule': { properties: [{ id: '0.aws:psModule', source: 'x' }] },
        'aws:runShellScript': {
          settings: {},
          properties: [
            { id: '0.aws:runShellScript', runCommand: '{{ commands }}', timeoutSeconds: '60' },
            { id: '1.aws:runShellScript', runCommand: ['id'], onFailure: 'exit', finallyStep: true },
          ],
        },
        'aws:runPowerShellScript': { properties: { runCommand: ['1'], onFailure: 'exit' } },
      }),
      parameters: { commands: { type: 'StringList' } },
    }),
    'JSON',
  )
  expect(parsed.ok && parsed.document).toEqual({
    schemaVersion: '1.2',
    parameters: [{ name: 'commands', type: 'StringList', interpolation: 'TEXT' }],
    steps: [
      { index: 0, name: 'aws:psModule', action: 'aws:psModule', inputs: { id: '0.aws:psModule', source: 'x' } },
      {
        ...{ index: 1, name: 'aws:runShellScript', action: 'aws:runShellScript' },
        inputs: { id: '0.aws:runShellScript', runCommand: '{{ commands }}', timeoutSeconds: '60' },
      },
      {
        ...{ index: 2, name: 'aws:runShellScript', action: 'aws:runShellScript' },
        inputs: { id: '1.aws:runShellScript', runCommand: ['id'] },
      },
      {
        ...{ index: 3, name: 'aws:runPowerShellScript', action: 'aws:runPowerShellScript' },
        inputs: { runCommand: ['1'], onFailure: 'exit' },
      },
    ],
  })
})

test.each([
  [{ schemaVersion: '1.2', mainSteps: [step] }, 'runtimeConfig is missing.'],
  [withPlugins([]), 'runtimeConfig must be a map of plugins.'],
  [withPlugins({}), 'runtimeConfig must have at least one plugin.'],
  [withPlugins({ run: {} }), 'runtimeConfig.run must be a name such as aws:runShellScript.'],
  [
    withPlugins({ 'aws:brandNew': { properties: {} } }),
    'runtimeConfig.aws:brandNew is aws:brandNew, which is no action of Command documents.',
  ],
  [withPlugins({ 'aws:runShellScript': 'x' }), 'runtimeConfig.aws:runShellScript must be a map.'],
  [withPlugins({ 'aws:runShellScript': {} }), 'runtimeConfig.aws:runShellScript.properties is missing.'],
  [plugin([]), 'runtimeConfig.aws:runShellScript.properties must be a map, or a list of at least one map.'],
  [plugin('{{ p }}'), 'runtimeConfig.aws:runShellScript.properties must be a map, or a list of at least one map.'],
  [plugin([{}, 'x']), 'runtimeConfig.aws:runShellScript.properties[1] must be a map.'],
  [plugin(Array(101).fill({})), 'runtimeConfig has 101 sets of properties; the limit is 100.'],
])('refuses the 1.2 document %j', (value, text) => {
  expect(problemOf(value)).toBe(`InvalidDocumentContent: ${text}`)
})

test.each(builtinDocuments)('the built-in document $name passes its own parser', ({ content }) => {
  expect(parseDocument(content, 'JSON')).toMatchObject({ ok: true })
})

test.each([
  [{ mainSteps: [step] }, 'schemaVersion is missing. Supported: 1.2, 2.0, 2.2.'],
  [{ ...base, schemaVersion: 2.2 }, 'schemaVersion must be a string such as "2.2". Supported: 1.2, 2.0, 2.2.'],
  [
    { ...base, schemaVersion: '9.9' },
    'Schema version 9.9 is not supported for a document of type Command. Supported: 1.2, 2.0, 2.2.',
  ],
  [
    { schemaVersion: '0.3', mainSteps: [] },
    'Schema version 0.3 is not supported for a document of type Command. Supported: 1.2, 2.0, 2.2.',
  ],
])('refuses the schema version of %j', (value, text) => {
  expect(problemOf(value)).toBe(`InvalidDocumentSchemaVersion: ${text}`)
})

test.each([
  [[], 'The document must be a map with schemaVersion and mainSteps.'],
  ['text', 'The document must be a map with schemaVersion and mainSteps.'],
  [{ ...base, description: 1 }, 'description must be a string.'],
  [{ schemaVersion: '2.2' }, 'mainSteps is missing.'],
  [{ ...base, mainSteps: {} }, 'mainSteps must be a list of steps.'],
  [{ ...base, mainSteps: [] }, 'mainSteps must have at least one step.'],
  [{ ...base, mainSteps: Array(101).fill(step) }, 'mainSteps has 101 steps; the limit is 100.'],
  [{ ...base, mainSteps: [step, 'x'] }, 'mainSteps[1] must be a map.'],
  [{ ...base, mainSteps: [step, { name: 'two' }] }, 'mainSteps[1].action is missing.'],
  [withStep({ action: 'runShellScript' }), 'mainSteps[0].action must be a name such as aws:runShellScript.'],
  [
    withStep({ action: 'aws:brandNew' }),
    'mainSteps[0].action is aws:brandNew, which is no action of Command documents.',
  ],
  [{ ...base, mainSteps: [{ action: 'aws:runShellScript' }] }, 'mainSteps[0].name is missing.'],
  [withStep({ name: '../x' }), 'mainSteps[0].name must be 1 to 128 letters, digits or _ . -'],
  [withStep({ name: '..' }), 'mainSteps[0].name must be 1 to 128 letters, digits or _ . -'],
  [{ ...base, mainSteps: [step, step] }, 'mainSteps[1].name is "one", the name of mainSteps[0].'],
  [withStep({ inputs: [] }), 'mainSteps[0].inputs must be a map.'],
  [
    withStep({ precondition: 'x' }),
    'mainSteps[0].precondition must be a map such as {StringEquals: [platformType, Linux]}.',
  ],
  [
    withStep({ precondition: { Equals: [] } }),
    'mainSteps[0].precondition is malformed: unrecognized operator: "Equals".',
  ],
  [
    withStep({ precondition: { StringEquals: ['platformType', 'Linux', 'x'] } }),
    'mainSteps[0].precondition is malformed: "StringEquals": operator accepts exactly 2 arguments.',
  ],
  [{ ...base, parameters: [] }, 'parameters must be a map.'],
  [
    { ...base, parameters: { 'a-b': { type: 'String' } } },
    "parameters.a-b: a parameter's name must be letters and digits.",
  ],
  [withParameter('String'), 'parameters.p must be a map.'],
  [withParameter({}), 'parameters.p.type is missing.'],
  [
    withParameter({ type: 'Text' }),
    'parameters.p.type must be one of String, StringList, Boolean, Integer, StringMap, MapList.',
  ],
  [withParameter({ type: 'String', default: 1 }), 'parameters.p.default must be a string.'],
  [withParameter({ type: 'StringList', default: 'x' }), 'parameters.p.default must be a list of strings.'],
  [
    withParameter({ type: 'String', allowedValues: ['a'], default: 'b' }),
    'parameters.p.default is not one of the allowed values.',
  ],
  [
    withParameter({ type: 'String', allowedPattern: '[a-z]+', default: 'a1' }),
    'parameters.p.default does not match the pattern [a-z]+.',
  ],
  [
    withParameter({ type: 'String', maxChars: 2, default: 'abc' }),
    'parameters.p.default must have at most 2 characters.',
  ],
  [withParameter({ type: 'StringList', minItems: 1, default: [] }), 'parameters.p.default must have at least 1 items.'],
  [withParameter({ type: 'String', minChars: -1 }), 'parameters.p.minChars must be a whole number of at least 0.'],
  [withParameter({ type: 'String', minChars: '1' }), 'parameters.p.minChars must be a whole number of at least 0.'],
  [withParameter({ type: 'String', minChars: 3, maxChars: 2 }), 'parameters.p.minChars is above maxChars.'],
  [
    withParameter({ type: 'String', allowedValues: [] }),
    'parameters.p.allowedValues must be a list of at least one value.',
  ],
  [withParameter({ type: 'String', allowedValues: ['a', 1] }), 'parameters.p.allowedValues[1] must be a string.'],
  [withParameter({ type: 'String', allowedPattern: 1 }), 'parameters.p.allowedPattern must be a string.'],
  [
    withParameter({ type: 'String', allowedPattern: 'x'.repeat(1025) }),
    'parameters.p.allowedPattern is longer than 1024 characters.',
  ],
  [withParameter({ type: 'String', description: 1 }), 'parameters.p.description must be a string.'],
  [
    withParameter({ type: 'String', interpolationType: 'SHELL' }),
    'parameters.p.interpolationType must be ENV_VAR or absent.',
  ],
  [
    withParameter({ type: 'StringList', interpolationType: 'ENV_VAR' }),
    'parameters.p.interpolationType ENV_VAR needs the type String.',
  ],
])('refuses %j', (value, text) => {
  expect(problemOf(value)).toBe(`InvalidDocumentContent: ${text}`)
})

test('refuses patterns that RE2 does not know, such as look-ahead', () => {
  expect(problemOf(withParameter({ type: 'String', allowedPattern: '(?=a)b' }))).toMatch(
    /^InvalidDocumentContent: parameters\.p\.allowedPattern is not an RE2 pattern: /,
  )
})

test('leaves a default that names Parameter Store unchecked until its value is known', () => {
  expect(problemOf(withParameter({ type: 'String', allowedPattern: '[a-z]+', default: '{{ ssm:/a/b }}' }))).toBe(
    'accepted',
  )
})

test('accepts a precondition in schema 2.0, where the node fails the step', () => {
  expect(problemOf({ ...withStep({ precondition: { Whatever: 1 } }), schemaVersion: '2.0' })).toBe('accepted')
})

test('refuses a document of more than 64 KiB in UTF-8', () => {
  const content = JSON.stringify({ ...base, description: 'é'.repeat(33_000) })
  const bytes = new TextEncoder().encode(content).length
  expect(parseDocument(content, 'JSON')).toEqual({
    ok: false,
    code: 'MaxDocumentSizeExceeded',
    text: `The document has ${bytes} bytes; the limit is 65536.`,
  })
})
