import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { allOperations } from '@muster/protocol/api'
import { describe, expect, it } from 'vitest'
import groups from '../../packages/protocol/model/groups.json' with { type: 'json' }
import { writeCoverage } from '../../scripts/generate/coverage.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/coverage.md'), 'utf8')

/** What the page says of each operation, by its bare name. */
const rowsOf = (text: string) =>
  new Map([...text.matchAll(/^\| (?:Muster\.)?(\w+) \| (built|not yet) \| (.*) \|$/gm)].map((row) => [row[1], row[2]]))

/** The operations that the controller's sources declare, found without the generator. */
const declared = globSync('packages/controller/src/**/operations/*.ts', { cwd: root })
  .filter((path) => !path.endsWith('.test.ts') && basename(path) !== 'index.ts')
  .map((path) => ({
    path,
    names: [...readFileSync(join(root, path), 'utf8').matchAll(/\boperation\('(\w+)'/g)].map((call) => call[1]),
  }))

describe('docs/coverage.md', () => {
  it('has every operation of both models once', () => {
    const named = [...page.matchAll(/^\| (?:Muster\.)?(\w+) \| (?:built|not yet) \|/gm)].map((row) => row[1])
    expect(named.sort()).toEqual(allOperations.map(({ name }) => name).sort())
  })

  it('calls an operation built when, and only when, a file of the controller declares it', () => {
    const built = [...rowsOf(page)].filter(([, state]) => state === 'built').map(([name]) => name)
    expect(built.sort()).toEqual(declared.flatMap(({ names }) => names).sort())
  })

  it('counts what its rows say, for each capability and in all', () => {
    const rows = rowsOf(page)
    const builtOf = (names: readonly string[]) => names.filter((name) => rows.get(name) === 'built').length
    for (const { name, operations } of groups) {
      expect(page).toContain(`| ${name} | ${builtOf(operations)} | ${operations.length} |`)
      expect(page).toContain(`## ${name} (${builtOf(operations)} of ${operations.length})`)
    }
    const all = groups.flatMap(({ operations }) => operations)
    expect(page).toContain(`| **total** | **${builtOf(all)}** | **${all.length}** |`)
  })

  it('shows the note of an operation file, and nothing as built that is not', () => {
    const text = writeCoverage(new Map([['SendCommand', { file: 'x', note: 'no S3 output | yet' }]]))
    expect(text).toContain('| SendCommand | built | no S3 output \\| yet |')
    expect([...rowsOf(text).values()].filter((state) => state === 'built')).toHaveLength(1)
  })
})

/** Where a word of a name begins, after the first: MFA is one. */
const WORD = /(?<=[a-z])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])/g

describe('an operation file of the controller', () => {
  it('declares exactly the operation that its name says', () => {
    for (const { path, names } of declared) {
      const kebab = names.map((name) => `${name?.replace(WORD, '-$&').toLowerCase()}.ts`)
      expect(kebab, path).toEqual([basename(path)])
    }
  })
})
