import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { parseDocument } from '../parse.ts'
import { builtinDocuments } from './index.ts'

const documents = builtinDocuments.map(({ name, content }) => {
  const parsed = parseDocument(content, 'JSON')
  if (!parsed.ok) throw new Error(`${name}: ${parsed.text}`)
  return { name, content, document: parsed.document }
})

test('every name is there once, and has a prefix that no account can take or one of Muster’s own', () => {
  const names = documents.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(names.filter((name) => !/^(AWS|Muster)-[A-Za-z]+$/.test(name))).toEqual([])
})

test.each(documents)('$name uses every parameter that it has', ({ document }) => {
  const inputs = JSON.stringify(document.steps.map((step) => step.inputs))
  expect(document.parameters.filter(({ name }) => !inputs.includes(`{{ ${name} }}`)).map(({ name }) => name)).toEqual(
    [],
  )
})

/** Texts that are scripts themselves, or paths that go to no script. */
const MEANT: ReadonlySet<string> = new Set([
  'commandLine',
  'workingDirectory',
  'documentPath',
  'files',
  'windowsRegistry',
])

test.each(documents)('$name pastes no free text into a script', ({ document }) => {
  const free = document.parameters.filter(
    ({ name, type, interpolation, allowedValues, allowedPattern }) =>
      type === 'String' && interpolation === 'TEXT' && !allowedValues && !allowedPattern && !MEANT.has(name),
  )
  expect(free.map(({ name }) => name)).toEqual([])
})

const scripts = documents.flatMap(({ name, document }) =>
  document.steps
    .filter(({ action, inputs }) => action === 'aws:runShellScript' && Array.isArray(inputs['runCommand']))
    .map((step) => ({ title: `${name} ${step.name}`, script: (step.inputs['runCommand'] as string[]).join('\n') })),
)

test.each(scripts)('the script of $title is one that sh can read', ({ script }) => {
  const { status, stderr } = spawnSync('sh', ['-n'], {
    input: script.replace(/\{\{ \w+ \}\}/g, '"$x"'),
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([0, ''])
})
