import { expect, it } from 'vitest'
import { runSlowLine } from './slow-line.ts'

it('stays Online and starts new commands while 5 MB wait on a line of 10 kB/s', { timeout: 240_000 }, async () => {
  const { statuses, startsMs, waiting } = await runSlowLine(45)
  expect(new Set(statuses)).toEqual(new Set(['Online']))
  expect(startsMs.length).toBeGreaterThanOrEqual(4)
  expect(Math.max(...startsMs)).toBeLessThanOrEqual(10_000)
  expect(waiting).toBeGreaterThan(1_000_000)
})
