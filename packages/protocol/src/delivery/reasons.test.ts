import { expect, test } from 'vitest'
import { explain, isReasonCode, type ReasonCode, reasonKind, reasons, refusalLine } from './reasons.ts'

const codes = Object.keys(reasons) as ReasonCode[]

test.each(codes)('%s names in its sentence exactly the parameters that it declares', (code) => {
  const { sentence, parameters } = reasons[code]
  const used = [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  expect([...new Set(used)].sort()).toEqual([...parameters].sort())
  expect(sentence).toMatch(/^[A-Z{].*\.$/)
})

test('a sentence is filled with its values, which are not looked into', () => {
  expect(explain('TargetMatched', { selector: 'tag:{count}', count: '3' })).toBe(
    'The target tag:{count} matched 3 nodes.',
  )
})

test('a value left out shows as a question mark, never as something inherited', () => {
  expect(explain('ErrorLimitReached', { errors: '4' })).toBe('The command stopped after 4 errors; MaxErrors allows ?.')
})

test('a code of a newer agent is shown as it is', () => {
  expect(explain('BrandNew', {})).toBe('BrandNew.')
  expect([isReasonCode('BrandNew'), isReasonCode('constructor'), reasonKind('BrandNew')]).toEqual([
    false,
    false,
    'execution',
  ])
})

test('a refusal is one line that names its reason', () => {
  expect(refusalLine('PolicyRefused', { rule: 'mode is paused' })).toBe(
    "muster: PolicyRefused: The host's own policy does not allow it: mode is paused.",
  )
})
