import { expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'

it('shows what was counted, observed and read, and shares nothing with another', async () => {
  const metrics = createMetrics()
  let links = 0
  metrics.gauge('muster_links', 'Links.', () => links)
  const count = metrics.counter('muster_things_total', 'Things.', ['kind'])
  const observe = metrics.durations('muster_thing_seconds', 'Durations.', ['kind'])
  count({ kind: 'a' })
  count({ kind: 'a' }, 2)
  observe({ kind: 'a' }, 0.003)
  links = 7
  const text = await metrics.text()
  expect(text).toContain('muster_things_total{kind="a"} 3')
  expect(text).toContain('muster_thing_seconds_bucket{le="0.005",kind="a"} 1')
  expect(text).toContain('muster_links 7')
  expect(await createMetrics().text()).not.toContain('muster_things_total')
})
