import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDocument } from './parse.ts'
import { readContent } from './read-content.ts'

const textOf = (content: string, format: 'JSON' | 'YAML') => {
  const read = readContent(content, format)
  return read.ok ? 'accepted' : read.text
}

test('names the place of a fault in JSON where the engine knows it, and never quotes the content', () => {
  expect(textOf('{\n  "secret": "hunter2"', 'JSON')).toBe('The content is not valid JSON (line 2 column 22).')
  expect(textOf('{\n  "secret": hunter2\n}', 'JSON')).toBe('The content is not valid JSON.')
})

test.each([
  ['a: [1', /^The content is not valid YAML \(line 1 column \d+\): /],
  ['a: 1\na: 2', /^The content is not valid YAML \(line 2 column 1\): a map has the same key twice\.$/],
  ['a: 1\n---\nb: 2', /^The content is not valid YAML \(line 2 column 1\): /],
  ['a: !Sub x', /^The content is not valid YAML \(line 1 column 4\): Unresolved tag: !Sub\.$/],
  ['a: {b: 1, "b": 2}', /^The content is not valid YAML \(line 1 column 11\): a map has the same key twice\.$/],
  ['? [a]\n: 1', /^The content is not valid YAML \(line 1 column 3\): a key must be a plain text\.$/],
  ['a: .nan', /^a is not a finite number\.$/],
  ['a: [.inf]', /^a\[0\] is not a finite number\.$/],
])('refuses the YAML %j', (content, text) => {
  expect(textOf(content, 'YAML')).toMatch(text)
})

test('reads YAML 1.2: yes and dates are strings, << is a key', () => {
  expect(readContent('a: yes\nb: 2026-01-01\nc: 0o17\n<<: {d: 1}', 'YAML')).toEqual({
    ok: true,
    value: { a: 'yes', b: '2026-01-01', c: 15, '<<': { d: 1 } },
  })
})

test.each(['__proto__', 'constructor', 'prototype'])('refuses a member named %s at any depth', (key) => {
  expect(textOf(`{"a": [{"${key}": {"polluted": 1}}]}`, 'JSON')).toBe(`A member must not be named ${key}.`)
  expect(textOf(`a: [{${key}: {polluted: 1}}]`, 'YAML')).toBe(`A member must not be named ${key}.`)
  expect({}).not.toHaveProperty('polluted')
})

test('refuses NUL and lone surrogates with the place named', () => {
  expect(textOf('{"a": ["x\\u0000"]}', 'JSON')).toBe('a[0] holds a NUL character.')
  expect(textOf('{"a": {"b": "\\ud800"}}', 'JSON')).toBe('a.b holds half a character (a lone surrogate).')
  expect(textOf('{"\\udc00": 1}', 'JSON')).toBe('A member name holds half a character (a lone surrogate).')
})

test.each([
  ['JSON lists', `${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'JSON'],
  ['JSON maps', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 'JSON'],
  ['YAML flow lists', '['.repeat(60_000), 'YAML'],
  ['YAML flow maps', '{a: '.repeat(15_000), 'YAML'],
  ['YAML compact lists', '- '.repeat(30_000), 'YAML'],
  ['YAML explicit keys', '? '.repeat(30_000), 'YAML'],
  ['YAML indentation', Array.from({ length: 350 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'YAML'],
  ['an alias bomb', aliasBomb(), 'YAML'],
  ['a map of many keys', `{${Array.from({ length: 9000 }, (_, number) => `a${number}`).join(',')}}`, 'YAML'],
] as const)('refuses %s in little time', (_name, content, format) => {
  const before = process.cpuUsage()
  expect(parseDocument(content, format).ok).toBe(false)
  // Processor time, so that a busy machine does not matter; the naive reading of these takes more than a second.
  expect(process.cpuUsage(before).user).toBeLessThan(1_000_000)
})

test('names the limits of aliases and of nesting', () => {
  expect(textOf(aliasBomb(), 'YAML')).toBe('The content has more than 100 expanded aliases.')
  const tooDeep = 'The content is nested deeper than 64 levels.'
  expect(textOf('['.repeat(66) + ']'.repeat(66), 'JSON')).toBe(tooDeep)
  expect(textOf('['.repeat(66) + ']'.repeat(66), 'YAML')).toBe(tooDeep)
  expect(textOf('['.repeat(30_000) + ']'.repeat(30_000), 'YAML')).toBe(tooDeep)
  expect(textOf('- '.repeat(30_000), 'YAML')).toBe(tooDeep)
})

test('never throws, whatever the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.constantFrom('JSON' as const, 'YAML' as const),
      (text, format) => {
        parseDocument(text, format)
      },
    ),
    { numRuns: 150 },
  )
})

test('never throws on a document with any value in place of a part', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom('parameters', 'mainSteps', 'p', 'step', 'default', 'precondition'),
      (value, place) => {
        const step = { action: 'aws:runShellScript', name: 's', precondition: place === 'precondition' ? value : {} }
        const parameter = { type: 'String', ...(place === 'default' && { default: value }) }
        const document = {
          schemaVersion: '2.2',
          parameters: place === 'parameters' ? value : { p: place === 'p' ? value : parameter },
          mainSteps: place === 'mainSteps' ? value : [place === 'step' ? value : step],
        }
        parseDocument(JSON.stringify(document), 'JSON')
      },
    ),
    { numRuns: 400 },
  )
})

function aliasBomb(): string {
  const levels = ['a: &a [x,x,x,x,x,x,x,x,x]']
  for (const [before, name] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi'].map((pair) => [pair[0], pair[1]])) {
    levels.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(',')}]`)
  }
  return levels.join('\n')
}
