import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { withWorst, worstOf } from './frame/worst.ts'

const page = readFileSync(new URL('../docs/performance.md', import.meta.url), 'utf8')

it('has a place on the page for the figures of every bench', () => {
  const benches = readdirSync(new URL('./benches', import.meta.url)).map((name) => name.replace(/\.ts$/, ''))
  expect(benches.filter((name) => !page.includes(`<!-- figures of ${name} -->`))).toEqual([])
})

it('names the three worst of its own figures, and says of each where its time goes', () => {
  expect(withWorst(page)).toBe(page)
  const missing = worstOf(page).filter(({ bench }) => !page.includes(`### Where the time of ${bench} goes\n`))
  expect(missing).toEqual([])
})
