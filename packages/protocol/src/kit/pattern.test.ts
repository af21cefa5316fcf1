import { describe, expect, it } from 'vitest'
import { compilePattern, InvalidPattern } from './pattern.ts'

describe('compilePattern', () => {
  it('asks for the whole text, with and without anchors', () => {
    expect(compilePattern('[a-c]+').matches('abc')).toBe(true)
    expect(compilePattern('[a-c]+').matches('abcd')).toBe(false)
    expect(compilePattern('^(range|count)').matches('ranges')).toBe(false)
    expect(compilePattern('a|ab').matches('ab')).toBe(true)
  })

  it('does not let the dot or the end anchor take a line break', () => {
    expect(compilePattern('^a.c$').matches('a\nc')).toBe(false)
    expect(compilePattern('^abc$').matches('abc\n')).toBe(false)
  })

  it.each([
    ['(?=a)b', 'invalid or unsupported Perl syntax: `(?=`'],
    ['(a)\\1', 'invalid escape sequence: `\\1`'],
    ['(a', 'missing closing ): `(a`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
    ['(?:a{0,1000}){0,1000}b', 'expression too large'],
    ['a'.repeat(4097), 'longer than 4096 characters'],
  ])('refuses what RE2 cannot run (case %#)', (source, text) => {
    expect(() => compilePattern(source)).toThrow(new InvalidPattern(text))
  })

  it('takes linear time where a backtracking engine would not end', () => {
    const started = performance.now()
    expect(compilePattern('(x+x+)+y').matches('x'.repeat(20_000))).toBe(false)
    expect(compilePattern('(a|a)*b').matches('a'.repeat(20_000))).toBe(false)
    expect(performance.now() - started).toBeLessThan(2000)
  })

  it('gives the same object for the same source and drops the one unused for longest', () => {
    const kept = compilePattern('kept[0-9]')
    const dropped = compilePattern('dropped[0-9]')
    for (let index = 0; index < 600; index += 1) {
      compilePattern(`filler${index}`)
      compilePattern('kept[0-9]')
    }
    expect(compilePattern('kept[0-9]')).toBe(kept)
    expect(compilePattern('dropped[0-9]')).not.toBe(dropped)
  })
})
