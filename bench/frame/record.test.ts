import { expect, it } from 'vitest'
import { withReport } from './record.ts'
import type { Report } from './report.ts'

const report: Report = {
  bench: 'sample',
  version: 1,
  node: 'v24.0.0',
  machine: { cores: 2, memoryGB: 24, disk: 'ext4' },
  rounds: 5,
  figures: [
    {
      name: 'time',
      at: { nodes: 1 },
      unit: 'ms',
      limit: 10,
      muster: 30,
      ratio: 3,
      goal: '<=2',
      pass: false,
      spread: 0.1,
    },
  ],
  growth: [{ over: 'rows', from: 1, to: 100, exponent: 0.01, goal: '<=0.06', pass: true }],
  counts: { lost: 0, double: 0, errors: 0 },
}
const page =
  'Head.\n<!-- figures of sample -->\nold $1 figures\n<!-- end -->\nBetween.\n<!-- figures of other -->\nkept\n<!-- end -->\n'

it('replaces the figures of its bench and nothing else', () => {
  const text = withReport(page, report, '2026-11-24')
  expect(text).toBe(
    'Head.\n<!-- figures of sample -->\n2026-11-24, 2 cores, 24 GB, ext4, Node v24.0.0, 5 rounds; lost 0, double 0, errors 0.\n\n' +
      '| figure | limit | Muster | ratio | goal | spread | |\n|---|---|---|---|---|---|---|\n' +
      '| time, nodes 1 | 10 ms | 30 ms | 3 | <=2 | 0.1 | **missed** |\n' +
      '| growth over rows, 1 to 100 |  |  | exponent 0.01 | <=0.06 |  | ok |\n' +
      '<!-- end -->\nBetween.\n<!-- figures of other -->\nkept\n<!-- end -->\n',
  )
  expect(withReport(text, report, '2026-11-24')).toBe(text)
})

it('refuses a page without a place for them', () => {
  expect(() => withReport('Head.\n', report, '2026-11-24')).toThrow('no place for the figures of sample')
})
