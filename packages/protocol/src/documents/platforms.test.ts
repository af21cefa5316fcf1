import { expect, test } from 'vitest'
import type { PlainObject } from '#kit/index.ts'
import { actionPlatforms, knownActions } from './actions.ts'
import { builtinDocuments } from './builtin/index.ts'
import { parseDocument } from './parse.ts'
import { documentPlatforms } from './platforms.ts'
import { stepTimeoutSeconds } from './step-timeout.ts'

const aStep = (action: string, precondition?: PlainObject) => ({
  index: 0,
  name: 's',
  action,
  inputs: {},
  ...(precondition && { precondition }),
})
const only = (platform: string) => ({ StringEquals: ['platformType', platform] })

test('AWS-RunShellScript is for Linux and macOS', () => {
  const parsed = parseDocument(builtinDocuments[0]!.content, 'JSON')
  expect(parsed.ok && documentPlatforms(parsed.document)).toEqual(['Linux', 'MacOS'])
})

test('the platforms are those of any step, narrowed by its precondition', () => {
  expect(
    documentPlatforms({
      steps: [aStep('aws:runShellScript', only('Linux')), aStep('aws:runPowerShellScript', only('windows'))],
    }),
  ).toEqual(['Windows', 'Linux'])
  expect(documentPlatforms({ steps: [aStep('aws:applications')] })).toEqual(['Windows'])
})

test('a precondition with a parameter rules no platform out', () => {
  expect(documentPlatforms({ steps: [aStep('aws:runShellScript', { StringEquals: ['{{ p }}', 'x'] })] })).toEqual([
    'Linux',
    'MacOS',
  ])
})

test('a document of unknown actions is for every platform: the nodes decide', () => {
  expect(documentPlatforms({ steps: [aStep('aws:brandNew')] })).toEqual(['Windows', 'Linux', 'MacOS'])
})

test('names of objects are no actions', () => {
  expect([knownActions.has('constructor'), actionPlatforms('constructor')]).toEqual([false, []])
})

test.each([
  [5, 5],
  ['600', 600],
  [' 600 ', 600],
  [600.9, 600],
  ['600.9', 600],
  [172_800, 172_800],
  [4, 3600],
  [172_801, 3600],
  ['0x10', 3600],
  ['', 3600],
  ['soon', 3600],
  [null, 3600],
  [Number.NaN, 3600],
  [['5'], 3600],
])('a timeoutSeconds of %j means %i seconds', (timeoutSeconds, seconds) => {
  expect(stepTimeoutSeconds({ timeoutSeconds } as PlainObject)).toBe(seconds)
})

test('without timeoutSeconds a step has an hour', () => {
  expect(stepTimeoutSeconds({})).toBe(3600)
})
