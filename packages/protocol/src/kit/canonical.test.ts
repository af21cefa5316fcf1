import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalBytes, canonicalText } from './canonical.ts'

test('sorts keys by UTF-16 units and writes no blanks', () => {
  expect(canonicalText({ b: 1, a: [true, null, 'x'], B: {} })).toBe('{"B":{},"a":[true,null,"x"],"b":1}')
  expect(canonicalText({ '\uFB33': 1, '😀': 2, '\r': 3, '1': 4 })).toBe('{"\\r":3,"1":4,"😀":2,"\uFB33":1}')
})

test('writes numbers as RFC 8785 does', () => {
  expect(canonicalText([333333333.3333333, 1e30, 4.5, 0.002, 1e-27, -0])).toBe(
    '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
  )
})

test('gives UTF-8 bytes', () => {
  expect([...canonicalBytes('é')]).toEqual([0x22, 0xc3, 0xa9, 0x22])
})

test.each([
  ['undefined', undefined, 'undefined is not a plain JSON value'],
  ['an undefined member', { a: undefined }, 'undefined is not a plain JSON value'],
  ['a hole', new Array(1), 'undefined is not a plain JSON value'],
  ['a date', new Date(0), '[object Date] is not a plain JSON value'],
  ['a map', new Map(), '[object Map] is not a plain JSON value'],
  ['a bigint', 1n, 'bigint is not a plain JSON value'],
  ['NaN', Number.NaN, 'NaN is not a JSON number'],
  ['infinity', [Number.POSITIVE_INFINITY], 'Infinity is not a JSON number'],
  ['a lone surrogate', '\ud800', 'a string holds a lone surrogate'],
  ['a lone surrogate in a key', { '\udc00': 1 }, 'a string holds a lone surrogate'],
])('refuses %s', (_name, value, text) => {
  expect(() => canonicalText(value)).toThrow(text)
})

test('refuses endless nesting instead of overflowing the stack', () => {
  const knot: unknown[] = []
  knot.push(knot)
  expect(() => canonicalText(knot)).toThrow('nested deeper than 256')
})

test('the order of keys does not change the text, and parsing gives the value back', () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, inner]) => [key, shuffled(inner)]),
    )
  }
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      fc.pre(JSON.stringify(value).isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(value)))
      const text = canonicalText(value)
      expect(canonicalText(shuffled(value))).toBe(text)
      expect(canonicalText(JSON.parse(text))).toBe(text)
    }),
  )
})
