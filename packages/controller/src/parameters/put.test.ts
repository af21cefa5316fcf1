import { expect, test } from 'vitest'
import { findNameProblem } from './name.ts'
import type { ParameterVersion } from './parameter.ts'
import { planPut, type Standing } from './put.ts'

const AT = Date.UTC(2026, 10, 24, 12)
const counts = { Standard: 0, Advanced: 0 }
const nothing: Standing = { present: undefined, defaultTier: 'Standard', counts, at: AT }
const INTEGRATION = '/d9d01087-4a3f-49e0-b0b4-d568d7826553/ssm/integrations/webhook/x'

const present = (more: Partial<ParameterVersion> = {}): ParameterVersion => ({
  ...{ path: '/x', name: '/x', type: 'String', version: 4, value: 'old', keyId: undefined, keyReference: undefined },
  ...{ description: 'words', allowedPattern: undefined, tier: 'Standard', dataType: 'text', policies: [] },
  ...{ modifiedAt: AT, modifiedBy: 'someone', ...more },
})

type Input = Parameters<typeof planPut>[0]
const plan = (input: Partial<Input>, standing: Partial<Standing> = {}) =>
  planPut({ Name: '/x', Value: 'v', ...input }, { ...nothing, ...standing })
const planNew = (input: Partial<Input>, standing: Partial<Standing> = {}) =>
  plan({ Type: 'String', ...input }, standing)
const tierOf = (planned: ReturnType<typeof planPut>) => (planned.ok ? planned.draft.tier : planned.text)
const codeOf = (planned: ReturnType<typeof planPut>) => (planned.ok ? 'ok' : planned.code)

test.each([
  ['x', undefined],
  ['/a/B-1/c_2/d.3', undefined],
  [`/${'x'.repeat(1010)}`, undefined],
  [`/${'x'.repeat(1011)}`, 'A parameter name has at most 1011 characters.'],
  ['/x'.repeat(15), undefined],
  ['/x'.repeat(16), 'A hierarchy can have a maximum of 15 levels.'],
  ['a/b', 'Parameter name must be a fully qualified name.'],
  ['/aws/x', 'No access to reserved parameter name: /aws/x.'],
  ['AWSx', 'No access to reserved parameter name: AWSx.'],
  ['/x/aws', undefined],
  ['/x/ssm', undefined],
])('the name %s has the problem: %s', (name, text) => {
  expect(findNameProblem(name)?.text).toBe(text)
})

test.each(['SSM', '/ssm/x', '/', '/a/', '//a', '/a//b', 'a:1', 'ü', ' a', 'a\n', '/a b'])(
  'the name %j is malformed',
  (name) => {
    expect(findNameProblem(name)?.text).toContain('can\'t be prefixed with "ssm"')
  },
)

test('a new parameter needs a type, a further version keeps it', () => {
  expect(codeOf(plan({}))).toBe('ValidationException')
  expect(plan({ Overwrite: true }, { present: present() })).toMatchObject({
    ...{ ok: true, draft: { type: 'String', version: 5, description: 'words' } },
  })
  expect(plan({ Overwrite: true, Description: '' }, { present: present() })).toMatchObject({
    ...{ draft: { description: undefined } },
  })
})

test('a key is for SecureStrings alone', () => {
  expect(codeOf(planNew({ KeyId: 'alias/x' }))).toBe('ValidationException')
  expect(codeOf(planNew({ KeyId: 'alias/x', Type: 'SecureString' }))).toBe('ok')
})

test('Standard holds 4,096 bytes and Advanced 8,192, and Intelligent-Tiering takes the one that fits', () => {
  const four = { Value: 'x'.repeat(4096) }
  const more = { Value: `${'x'.repeat(4095)}ü` }
  expect(tierOf(planNew(four))).toBe('Standard')
  expect(tierOf(planNew(more))).toContain('maximum parameter value of 4096 characters')
  expect(tierOf(planNew({ ...four, Tier: 'Intelligent-Tiering' }))).toBe('Standard')
  expect(tierOf(planNew({ ...more, Tier: 'Intelligent-Tiering' }))).toBe('Advanced')
  expect(tierOf(planNew({ Value: 'x'.repeat(8192), Tier: 'Advanced' }))).toBe('Advanced')
  expect(tierOf(planNew({ Value: 'x'.repeat(8193), Tier: 'Advanced' }))).toContain('8192 characters')
  expect(tierOf(planNew({ Value: 'x'.repeat(8193), Tier: 'Intelligent-Tiering' }))).toContain('8192 characters')
})

test('a tier goes up and never down, and stays where nothing is said', () => {
  const advanced = { present: present({ tier: 'Advanced' }) }
  expect(tierOf(plan({ Overwrite: true }, advanced))).toBe('Advanced')
  expect(tierOf(plan({ Overwrite: true, Tier: 'Intelligent-Tiering' }, advanced))).toBe('Advanced')
  expect(tierOf(plan({ Overwrite: true, Tier: 'Standard' }, advanced))).toContain("can't downgrade")
  expect(tierOf(plan({ Overwrite: true, Tier: 'Advanced' }, { present: present() }))).toBe('Advanced')
  expect(tierOf(planNew({}, { defaultTier: 'Advanced' }))).toBe('Advanced')
})

test('a tier is full at 10,000 and 100,000, where further versions still go', () => {
  const full = { counts: { Standard: 10_000, Advanced: 100_000 } }
  expect(codeOf(planNew({}, full))).toBe('ParameterLimitExceeded')
  expect(codeOf(planNew({}, { counts: { Standard: 9_999, Advanced: 100_000 } }))).toBe('ok')
  expect(codeOf(planNew({ Tier: 'Advanced' }, full))).toBe('ParameterLimitExceeded')
  expect(codeOf(plan({ Overwrite: true }, { ...full, present: present() }))).toBe('ok')
  expect(codeOf(plan({ Overwrite: true, Tier: 'Advanced' }, { ...full, present: present() }))).toBe(
    'ParameterLimitExceeded',
  )
  expect(tierOf(planNew({ Tier: 'Intelligent-Tiering' }, { counts: { Standard: 10_000, Advanced: 0 } }))).toBe(
    'Advanced',
  )
})

test('policies need Advanced', () => {
  const Policies = JSON.stringify([
    { Type: 'NoChangeNotification', Version: '1.0', Attributes: { After: '1', Unit: 'Days' } },
  ])
  expect(tierOf(planNew({ Policies }))).toContain('advanced-parameter tier')
  expect(tierOf(planNew({ Policies, Tier: 'Intelligent-Tiering' }))).toBe('Advanced')
})

test('a value cannot refer to another parameter', () => {
  expect(codeOf(planNew({ Value: 'a {{ssm:x}} b' }))).toBe('ValidationException')
  expect(codeOf(planNew({ Value: '}} {{' }))).toBe('ok')
})

test('an allowed pattern is RE2, has to match the whole value, and stays', () => {
  expect(codeOf(planNew({ Value: '12', AllowedPattern: '\\d+' }))).toBe('ok')
  expect(codeOf(planNew({ Value: '12a', AllowedPattern: '\\d+' }))).toBe('ParameterPatternMismatchException')
  for (const AllowedPattern of ['(', '(?=x)', '(a)\\1', 'x{1001}'])
    expect(codeOf(planNew({ AllowedPattern }))).toBe('InvalidAllowedPatternException')
  const standing = { present: present({ allowedPattern: '\\d+' }) }
  expect(codeOf(plan({ Overwrite: true }, standing))).toBe('ParameterPatternMismatchException')
  expect(codeOf(plan({ Overwrite: true, AllowedPattern: '' }, standing))).toBe('ok')
})

test('the text that refuses a SecureString has nothing of its value', () => {
  const secret = { Type: 'SecureString' as const, Value: 'hunter2' }
  for (const more of [{ AllowedPattern: '\\d+' }, { Value: 'hunter2{{x}}' }, { Value: 'hunter2'.repeat(1000) }]) {
    const planned = planNew({ ...secret, ...more })
    expect(planned.ok ? 'hunter2' : planned.text).not.toContain('hunter2')
  }
  const empty = planNew({ ...secret, Value: '' })
  expect(empty.ok ? '' : empty.text).toContain("detected: Value at 'value' failed")
})

test.each([
  ['String', 'aws:ec2:image', 'ami-0123456789abcdef0', '/x', 'ok'],
  ['String', 'aws:ec2:image', 'ami-01234567', '/x', 'ok'],
  ['String', 'aws:ec2:image', 'ami-123', '/x', 'ValidationException'],
  ['StringList', 'aws:ec2:image', 'ami-01234567', '/x', 'ValidationException'],
  ['SecureString', 'aws:ssm:integration', '{}', INTEGRATION, 'ok'],
  ['String', 'aws:ssm:integration', '{}', INTEGRATION, 'ValidationException'],
  ['SecureString', 'aws:ssm:integration', '{}', '/x', 'ValidationException'],
  ['String', 'Text', 'v', '/x', 'ValidationException'],
] as const)('a %s of data type %s with %s by the name %s: %s', (Type, DataType, Value, Name, code) => {
  expect(codeOf(planNew({ Type, DataType, Value, Name }))).toBe(code)
})
