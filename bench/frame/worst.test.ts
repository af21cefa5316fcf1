import { expect, it } from 'vitest'
import { withWorst, worstOf } from './worst.ts'

const section = (bench: string, rows: readonly string[]) =>
  `<!-- figures of ${bench} -->\nhead\n\n| figure | limit | Muster | ratio | goal | spread | |\n|---|---|---|---|---|---|---|\n${rows.join('\n')}\n<!-- end -->\n`
const page = [
  '<!-- worst -->\nold\n<!-- end -->\n',
  section('a', [
    '| time | 1 ms | 8 ms | 8 | <=2 | 0.1 | **missed** |',
    '| growth over rows, 1 to 2 |  |  | exponent 9 | <=1 |  | ok |',
  ]),
  section('b', [
    '| rate | 10 | 1 | 0.1 | >=0.6 | 0.1 | **missed** |',
    '| rate, many | 10 | 5 | 0.5 | >=0.6 | 0.1 | **missed** |',
  ]),
  section('c', ['| time | 1 ms | 1 ms | 1 | <=2 | 0.1 | ok |']),
  section('d', ['| time | 1 ms | 3 ms | 3 | <=2 | 0.9 | undecided |']),
  section('e', ['| time | 1 ms | 3 ms | 2.5 | <=2 | 0.1 | **missed** |']),
].join('')

it('takes the worst figure of each bench, by how many times it is off its goal', () => {
  expect(worstOf(page).map(({ bench, off }) => [bench, Number(off.toFixed(2))])).toEqual([
    ['b', 6],
    ['a', 4],
    ['d', 1.5],
  ])
})

it('writes them where the page has a place for them, and nothing else', () => {
  const written = withWorst(page)
  expect(written).toContain(
    '| b | rate | 0.1 | >=0.6 | 6.0 |\n| a | time | 8 | <=2 | 4.0 |\n| d | time | 3 | <=2 | 1.5 |\n',
  )
  expect(withWorst(written)).toBe(written)
  expect(() => withWorst('')).toThrow('no place')
})
