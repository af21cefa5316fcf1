import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ParameterDefinition } from './document.ts'
import { checkParameters } from './parameters.ts'

type Given = Readonly<Record<string, readonly string[]>>

const aParameter = (members: Partial<ParameterDefinition>): ParameterDefinition => {
  return { name: 'p', type: 'String', interpolation: 'TEXT', ...members }
}

function resolvedValue(members: Partial<ParameterDefinition>, given: Given): unknown {
  const result = checkParameters({ parameters: [aParameter(members)] }, given)
  return result.ok ? result.values.get('p')?.value : result.problem.detail
}

test('takes element 0 of a String and all of a StringList', () => {
  expect(resolvedValue({}, { p: ['a', 'b'] })).toBe('a')
  expect(resolvedValue({ type: 'StringList' }, { p: ['a', 'b'] })).toEqual(['a', 'b'])
})

test('reads Boolean, Integer, StringMap and MapList from their texts', () => {
  expect(resolvedValue({ type: 'Boolean' }, { p: ['true'] })).toBe(true)
  expect(resolvedValue({ type: 'Integer' }, { p: ['-12'] })).toBe(-12)
  expect(resolvedValue({ type: 'StringMap' }, { p: ['{"a":"b"}'] })).toEqual({ a: 'b' })
  expect(resolvedValue({ type: 'MapList' }, { p: ['{"a":"b"}', '{}'] })).toEqual([{ a: 'b' }, {}])
  expect(resolvedValue({ type: 'MapList' }, { p: ['[{"a":"b"}]'] })).toEqual([{ a: 'b' }])
})

test('falls back to the default', () => {
  expect(resolvedValue({ default: 'x' }, {})).toBe('x')
  expect(resolvedValue({ type: 'StringList', default: ['x'] }, {})).toEqual(['x'])
})

test.each<[Partial<ParameterDefinition>, Given, string]>([
  [{}, {}, 'p is required.'],
  [{}, { p: [] }, 'p needs a value.'],
  [{}, { p: ['a'], q: ['b'] }, 'the document has no parameter "q".'],
  [{}, { p: ['a\0'] }, 'p holds a NUL character.'],
  [{}, { p: ['\ud800'] }, 'p holds half a character (a lone surrogate).'],
  [{ type: 'Boolean' }, { p: ['yes'] }, 'p must be true or false.'],
  [{ type: 'Integer' }, { p: ['1.5'] }, 'p must be a whole number.'],
  [{ type: 'Integer' }, { p: ['9007199254740993'] }, 'p must be a whole number.'],
  [{ type: 'StringMap' }, { p: ['nope'] }, 'p must be the JSON text of a map.'],
  [{ type: 'StringMap' }, { p: ['{"__proto__":{}}'] }, 'p must be the JSON text of a map.'],
  [{ type: 'StringMap' }, { p: ['[]'] }, 'p must be a map.'],
  [{ type: 'MapList' }, { p: ['{}', '1'] }, 'p must be a list of maps.'],
  [{ allowedValues: ['a', 'b'] }, { p: ['c'] }, 'p is not one of the allowed values.'],
  [{ type: 'StringList', allowedValues: ['a', 'b'] }, { p: ['a', 'c'] }, 'p item 2 is not one of the allowed values.'],
  [{ type: 'Integer', allowedValues: [1, 2] }, { p: ['3'] }, 'p is not one of the allowed values.'],
  [{ allowedPattern: 'a+' }, { p: ['aab'] }, 'p does not match the pattern a+.'],
  [{ type: 'StringList', allowedPattern: 'a+' }, { p: ['b'] }, 'p item 1 does not match the pattern a+.'],
  [{ minChars: 2 }, { p: ['😀'] }, 'p must have at least 2 characters.'],
  [{ maxChars: 1 }, { p: ['ab'] }, 'p must have at most 1 characters.'],
  [{ type: 'StringList', minItems: 1 }, { p: [] }, 'p must have at least 1 items.'],
  [{ type: 'StringList', maxItems: 1 }, { p: ['a', 'b'] }, 'p must have at most 1 items.'],
  [{ type: 'StringMap', maxChars: 5 }, { p: ['{"a":"b"}'] }, 'p must have at most 5 characters.'],
  [{ type: 'Integer', minValue: 3 }, { p: ['2'] }, 'p must be at least 3.'],
  [{ type: 'Integer', maxValue: 3 }, { p: ['4'] }, 'p must be at most 3.'],
])('refuses %j given %j', (members, given, detail) => {
  expect(checkParameters({ parameters: [aParameter(members)] }, given)).toEqual({
    ok: false,
    problem: { summary: 'Parameters provided in document are invalid or not supported.', detail },
  })
})

test('refuses a value that no environment variable can hold', () => {
  expect(resolvedValue({ interpolation: 'ENV_VAR' }, { p: ['é'.repeat(65_001)] })).toBe(
    'p has more than 130000 bytes, too many for an environment variable.',
  )
  expect(resolvedValue({}, { p: ['é'.repeat(65_001)] })).toHaveLength(65_001)
})

test('reports every problem at once and never a value', () => {
  const parameters = [aParameter({ name: 'a' }), aParameter({ name: 'b', allowedValues: ['x'] })]
  const result = checkParameters({ parameters }, { b: ['hunter2'], zzz: ['hunter2'] })
  expect(result).toMatchObject({
    problem: { detail: 'the document has no parameter "zzz"; a is required; b is not one of the allowed values.' },
  })
})

test('inherited names are neither given nor known parameters', () => {
  expect(resolvedValue({ name: 'constructor', default: 'x' }, {})).toBe(undefined)
  expect(checkParameters({ parameters: [] }, JSON.parse('{"__proto__":["x"]}'))).toMatchObject({ ok: false })
})

test('allows exactly the values that the constraints allow', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 6 }), fc.nat(4), fc.nat(4), (text, low, extra) => {
      fc.pre(!text.includes('\0'))
      const result = checkParameters(
        { parameters: [aParameter({ minChars: low, maxChars: low + extra })] },
        { p: [text] },
      )
      const length = [...text].length
      expect(result.ok).toBe(length >= low && length <= low + extra)
    }),
  )
})
