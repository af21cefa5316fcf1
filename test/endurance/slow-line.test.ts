import { expect, it } from 'vitest'
import { runSlowLine } from '../e2e/output/slow-line.ts'
import { record } from './record.ts'

it('stays Online and starts new commands for five minutes on a line of 10 kB/s', { timeout: 600_000 }, async () => {
  const { statuses, startsMs, waiting } = await runSlowLine(300)
  await record('slow-line', {
    seconds: 300,
    'statuses seen': [...new Set(statuses)].join(', '),
    'commands started': startsMs.length,
    'slowest start, ms': Math.max(...startsMs),
    'bytes still waiting': waiting,
  })
  expect(new Set(statuses)).toEqual(new Set(['Online']))
  expect(startsMs.length).toBeGreaterThanOrEqual(25)
  expect(Math.max(...startsMs)).toBeLessThanOrEqual(10_000)
  expect(waiting).toBeGreaterThan(1_000_000)
})
