import { expect, it } from 'vitest'
import { isTest, readSources } from './sources.ts'

const sources = readSources('packages')
const production = sources.filter(({ path }) => !isTest(path))
const over = (files: typeof sources, limit: number) =>
  files.filter(({ lines }) => lines > limit).map(({ path, lines }) => `${path}: ${lines} lines`)
const quantile = (numbers: readonly number[], share: number): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) * share)] ?? 0

it('keeps every file within 500 lines, every test within 600', () => {
  expect(over(production, 500)).toEqual([])
  expect(
    over(
      sources.filter(({ path }) => isTest(path)),
      600,
    ),
  ).toEqual([])
})

it('keeps the median file at 80 lines and 95 of 100 within 300', () => {
  const lines = production.map(({ lines }) => lines)
  expect(quantile(lines, 0.5)).toBeLessThanOrEqual(80)
  expect(quantile(lines, 0.95)).toBeLessThanOrEqual(300)
})

it('keeps an operation within 150 lines', () => {
  expect(
    over(
      production.filter(({ path }) => path.includes('/operations/')),
      150,
    ),
  ).toEqual([])
})

it('keeps a folder within 25 files and three levels under src', () => {
  const folders = new Map<string, number>()
  for (const { path } of production) {
    const folder = path.slice(0, path.lastIndexOf('/'))
    folders.set(folder, (folders.get(folder) ?? 0) + 1)
  }
  const full = [...folders].filter(([folder, count]) => count > 25 && !/\/(operations|plugins)$/.test(folder))
  const deep = [...folders.keys()].filter((folder) => folder.split('/').length > 3 + 3)
  expect({ full, deep }).toEqual({ full: [], deep: [] })
})

it('names no file or folder after nothing in particular', () => {
  const vague = /(^|\/)(utils?|helpers?|common|misc|base|manager|types)(\.ts|\/)/
  expect(sources.map(({ path }) => path).filter((path) => vague.test(path))).toEqual([])
})

it('begins the index of every folder with a head comment', () => {
  const bare = production.filter(
    ({ path, text }) => /\/src\/[^/]+\/index\.ts$/.test(path) && !/^\/\*\*[\s\S]*?\*\//.test(text),
  )
  expect(bare.map(({ path }) => path)).toEqual([])
})
