import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Plain } from '#kit/index.ts'
import type { ResolvedParameter, ResolvedParameters } from './document.ts'
import { hasParameterStoreReference } from './parameter-store.ts'
import { substitute, substitutedChars, substituteInputs } from './substitute.ts'

const pasted = (values: Record<string, Plain>): ResolvedParameters =>
  new Map(
    Object.entries(values).map(([name, value]): [string, ResolvedParameter] => [
      name,
      { value, interpolation: 'TEXT' },
    ]),
  )
const variables = (values: Record<string, string>): ResolvedParameters =>
  new Map(
    Object.entries(values).map(([name, value]): [string, ResolvedParameter] => [
      name,
      { value, interpolation: 'ENV_VAR' },
    ]),
  )

const put = (value: Plain, values: Record<string, Plain>) => substitute(value, pasted(values)).value

test('a string that is one reference becomes the value with its type, blanks free', () => {
  expect(put('{{ p }}', { p: ['a', 'b'] })).toEqual(['a', 'b'])
  expect(put('{{p}}', { p: 5 })).toBe(5)
  expect(put('{{   p}}', { p: { a: true } })).toEqual({ a: true })
})

test('a list inside a list stays nested', () => {
  expect(put(['{{ p }}', 'x'], { p: ['a', 'b'] })).toEqual([['a', 'b'], 'x'])
})

test('inside a longer string lists and maps become JSON text', () => {
  expect(put('x {{ p }} {{ q }} {{ r }}', { p: ['a'], q: { b: 1 }, r: false })).toBe('x ["a"] {"b":1} false')
})

test('two dollars become one inside a longer string, and stay in a value that stands alone', () => {
  expect(put('echo {{ p }}', { p: '$$ $$$' })).toBe('echo $ $$')
  expect(put('{{ p }}', { p: 'echo $$' })).toBe('echo $$')
})

test('unknown tokens, look-alikes and keys stay as they are', () => {
  const value = { '{{ p }}': '{{ q }} {{ ssm:p }} {{ p.x }} {{\tp }} { { p } }' }
  expect(put(value, { p: 'x' })).toEqual(value)
})

test('substitution is one pass: references inside values are not followed', () => {
  expect(put('{{ a }} {{ b }}', { a: '{{ b }}', b: '{{ a }}' })).toBe('{{ b }} {{ a }}')
})

test('replacement patterns of the language have no meaning in values', () => {
  expect(put('[{{ p }}]', { p: "$& $1 $` $'" })).toBe("[$& $1 $` $']")
})

test('an ENV_VAR parameter becomes a quoted reference in a script and a variable of the process', () => {
  const inputs = { runCommand: ['echo {{ p }}', '{{ p }}'], workingDirectory: '{{ p }}' }
  expect(substituteInputs('aws:runShellScript', inputs, variables({ p: '/tmp; rm' }))).toEqual({
    value: { runCommand: [`echo "\${SSM_p}"`, `"\${SSM_p}"`], workingDirectory: '/tmp; rm' },
    env: { SSM_p: '/tmp; rm' },
    secrets: {},
  })
  expect(substituteInputs('aws:runPowerShellScript', inputs, variables({ p: 'x' })).value).toMatchObject({
    runCommand: [`echo \${env:SSM_p}`, `\${env:SSM_p}`],
  })
})

test('only ENV_VAR parameters become variables', () => {
  expect(substitute('{{ p }}', pasted({ p: 'x' })).env).toEqual({})
})

const ENTER = '\n'
/** Scripts that print one value, however a document writes the reference; the value is {{ p }}. */
const scripts = [
  ['printf %s {{ p }}'],
  ['printf %s "{{ p }}"'],
  [`printf %s "{{p}}" # it's "half`, ': "{{ p }}"'],
  [`# don't`, `: 'a "' "b '" \\" \\'; printf %s {{ p }}`],
  ['x="', '{{ p }}"', 'printf %s "$x" | { read -r _; cat; }'],
  ['printf %s "$(printf "%sX" "{{ p }}")" | head -c -1'],
  ['printf %s "$(printf "%sX" {{ p }})" | head -c -1'],
  ['printf %s "`printf %sX {{ p }}`" | head -c -1'],
  ['(printf %s "{{ p }}")'],
  ['b=1; : $((b << b)) "$((b << b))"; printf %s {{ p }}'],
  ['cat <<END | head -c -1', '{{ p }}', 'END'],
  [`cat <<-END | head -c -1${ENTER}{{ p }}${ENTER}\tEND${ENTER}: {{ p }} "{{ p }}"`],
  ["cat <<'END' >/dev/null", `it's "{{ p }}`, 'END', 'printf %s {{ p }}'],
  ['cat <<END >/dev/null; printf %s {{ p }}', `it's "`, 'END'],
]

test.each(scripts.map((lines) => ({ lines })))('a real shell sees the very bytes of a value in $lines', ({ lines }) => {
  const texts = fc.string({ unit: fc.constantFrom(...'$`"\';&|()<>*?[]{}\\ \n\t~#!-x é😀'), maxLength: 24 })
  fc.assert(
    fc.property(texts, (text) => {
      const { value, env } = substituteInputs('aws:runShellScript', { runCommand: lines }, variables({ p: text }))
      const script = (value['runCommand'] as readonly string[]).join(ENTER)
      const run = spawnSync('/bin/sh', ['-c', script], { env: { ...env, PATH: '/usr/bin:/bin' }, encoding: 'utf8' })
      expect([run.stdout, run.stderr, run.status]).toEqual([text, '', 0])
    }),
    { numRuns: 20 },
  )
})

test('what a pasted list opens is open after it', () => {
  const parameters = new Map([...pasted({ lines: ['cat <<END', 'text'] }), ...variables({ p: 'x' })])
  expect(substituteInputs('aws:runShellScript', { runCommand: ['{{ lines }}', '{{ p }}'] }, parameters).value).toEqual({
    runCommand: [['cat <<END', 'text'], `\${SSM_p}`],
  })
})

const templates = fc.letrec<{ any: Plain }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Plain[]>('plain', '{{ p }}', 'a {{ p }} b {{p}}', '{{ q }}', 7, null, true),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '{{ p }}'), tie('any')),
  ),
})).any

test('no value of a String parameter can change the structure of inputs', () => {
  fc.assert(
    fc.property(
      templates,
      fc.string({ unit: fc.constantFrom(...'{}[]":,$ pq\\\nx'), maxLength: 20 }),
      (template, text) => {
        const value = put(template, { p: text })
        expect(skeleton(value)).toEqual(skeleton(template))
      },
    ),
  )
})

test('the measure is never below what substitution makes', () => {
  fc.assert(
    fc.property(templates, fc.string({ maxLength: 40 }), (template, text) => {
      const parameters = pasted({ p: text, q: [text, text] })
      expect(substitutedChars(template, parameters)).toBeGreaterThanOrEqual(
        textLength(substitute(template, parameters).value),
      )
    }),
  )
})

test('what has no reference to a known parameter comes back equal', () => {
  fc.assert(
    fc.property(templates, (template) => {
      expect(put(template, { other: 'x' })).toEqual(template)
    }),
  )
})

test('finds references to Parameter Store in values at any depth, not in keys', () => {
  expect(hasParameterStoreReference({ a: ['x', { b: 'y {{ ssm:/a/b:3 }}' }] })).toBe(true)
  expect(hasParameterStoreReference('{{ssm-secure:x}}')).toBe(true)
  expect(hasParameterStoreReference({ '{{ ssm:x }}': ['{{ ssmx }}', '{{ p }}', 1, null] })).toBe(false)
})

// Strings say only that they are strings: the rest is the structure.
function skeleton(value: Plain): unknown {
  if (typeof value === 'string') return 'string'
  if (Array.isArray(value)) return (value as readonly Plain[]).map(skeleton)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value).map(([key, inner]) => [key, skeleton(inner)])
}

function textLength(value: Plain): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return String(value).length
  return Object.entries(value).reduce(
    (sum, [key, inner]) => sum + (Array.isArray(value) ? 0 : key.length) + textLength(inner),
    0,
  )
}
