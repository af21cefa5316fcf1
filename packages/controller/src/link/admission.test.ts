import { createManualClock } from '@muster/protocol/kit'
import { expect, it } from 'vitest'
import { createAdmission } from './admission.ts'

const limits = { rate: { least: 10, start: 10, most: 10 }, held: 2 }

it('holds a login until its turn, first come first served', async () => {
  const clock = createManualClock()
  using admission = createAdmission(clock, limits)
  expect(await admission.enter()).toEqual({ admitted: true })
  const order: string[] = []
  const first = admission.enter().then(() => order.push('first'))
  const second = admission.enter().then(() => order.push('second'))
  expect(await admission.enter()).toEqual({ admitted: false, retryAfterMs: 300 })
  expect(admission.waiting()).toBe(2)
  clock.advance(100)
  await first
  expect(order).toEqual(['first'])
  clock.advance(100)
  await second
  expect(admission.waiting()).toBe(0)
})

it('sends those that wait away when it stops', async () => {
  const admission = createAdmission(createManualClock(), limits)
  await admission.enter()
  const waiting = admission.enter()
  admission[Symbol.dispose]()
  expect(await waiting).toEqual({ admitted: false, retryAfterMs: 2000 })
})
