import { expect, it } from 'vitest'
import { globsOverlap, includesGlob, matchesGlob, wildcardGlob } from './glob.ts'

const PATTERNS = [
  '',
  '*',
  '?',
  'a',
  'a*',
  '*a',
  '?*',
  '*?',
  'a?',
  '??',
  'a*b',
  '*a*',
  'ab',
  'b*',
  '*b',
  'a**?',
  '*?b',
  '😀?',
]
const TEXTS = ['', 'a', 'b', 'ab', 'ba', 'aa', 'bb', 'abb', 'aab', 'bab', 'aba', 'xx', 'xxx', '😀', '😀b', 'a😀']
const pairs = PATTERNS.flatMap((a) => PATTERNS.map((b) => [a, b] as const))
const matching = (pattern: string) => TEXTS.filter((text) => matchesGlob(wildcardGlob(pattern), text))

it('matches what a pattern means', () => {
  expect(PATTERNS.map((pattern) => [pattern, matching(pattern).length])).toEqual([
    ...[
      ['', 1],
      ['*', 16],
      ['?', 3],
      ['a', 1],
      ['a*', 7],
      ['*a', 4],
      ['?*', 15],
      ['*?', 15],
      ['a?', 3],
    ],
    ...[
      ['??', 7],
      ['a*b', 3],
      ['*a*', 9],
      ['ab', 1],
      ['b*', 4],
      ['*b', 7],
      ['a**?', 6],
      ['*?b', 6],
      ['😀?', 1],
    ],
  ])
})

it('never says that a pattern includes another whose texts it does not all match', () => {
  const wrong = pairs.filter(([outer, inner]) => {
    if (!includesGlob(wildcardGlob(outer), wildcardGlob(inner))) return false
    return matching(inner).some((text) => !matching(outer).includes(text))
  })
  expect(wrong).toEqual([])
})

it('sees that a pattern includes itself, and everything includes each', () => {
  for (const pattern of PATTERNS) {
    expect([pattern, includesGlob(wildcardGlob(pattern), wildcardGlob(pattern))]).toEqual([pattern, true])
    expect([pattern, includesGlob(wildcardGlob('*'), wildcardGlob(pattern))]).toEqual([pattern, true])
  }
  expect(includesGlob(wildcardGlob('?*'), wildcardGlob('*?'))).toBe(true)
  expect(includesGlob(wildcardGlob('*?'), wildcardGlob('?*'))).toBe(true)
})

it('never says that patterns have no text in common when they do', () => {
  const wrong = pairs.filter(([a, b]) => {
    if (globsOverlap(wildcardGlob(a), wildcardGlob(b))) return false
    return matching(a).some((text) => matching(b).includes(text))
  })
  expect(wrong).toEqual([])
})

it.each([
  ['a*', 'b*', false],
  ['*a', '*b', false],
  ['a*', '*b', true],
  ['??', 'a', false],
  ['a?c', 'ab*', true],
  ['a?c', 'abb', false],
  ['', '*', true],
  ['', '?', false],
  ['*x*', 'a*b', true],
  ['ssm:get*', 'ssm:put*', false],
])('%j and %j have a text in common: %s', (a, b, expected) => {
  expect(globsOverlap(wildcardGlob(a), wildcardGlob(b))).toBe(expected)
  expect(globsOverlap(wildcardGlob(b), wildcardGlob(a))).toBe(expected)
})
