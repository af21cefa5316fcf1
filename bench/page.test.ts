import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('has a place on the page for the figures of every bench', () => {
  const page = readFileSync(new URL('../docs/performance.md', import.meta.url), 'utf8')
  const benches = readdirSync(new URL('./benches', import.meta.url)).map((name) => name.replace(/\.ts$/, ''))
  expect(benches.filter((name) => !page.includes(`<!-- figures of ${name} -->`))).toEqual([])
})
