import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { withFigures } from '../endurance/record.ts'

it('replaces the figures of one test and leaves the others', () => {
  const page = '# Page\n<!-- figures of a -->\nold\n<!-- end -->\n<!-- figures of b -->\nkept\n<!-- end -->\n'
  expect(withFigures(page, 'a', { kills: 500 }, '2026-11-30')).toBe(
    `# Page\n<!-- figures of a -->\n| what | figure |\n|---|---|\n| date | 2026-11-30 |\n| node | ${process.version} |\n| kills | 500 |\n<!-- end -->\n<!-- figures of b -->\nkept\n<!-- end -->\n`,
  )
})

it('has a place on the page for every endurance test', () => {
  const folder = new URL('../endurance', import.meta.url)
  const page = readFileSync(new URL('../../docs/endurance.md', import.meta.url), 'utf8')
  const tests = readdirSync(folder).flatMap((name) => /^(.*)\.test\.ts$/.exec(name)?.[1] ?? [])
  expect(tests.filter((name) => !page.includes(`<!-- figures of ${name} -->`))).toEqual([])
})
