import { createManualClock } from '@muster/protocol/kit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createAdmission } from './admission.ts'

it('lets one second’s worth in at once, then gives everyone a slot of its own', () => {
  const admit = createAdmission(createManualClock(), 10)
  expect(Array.from({ length: 10 }, admit).every(({ admitted }) => admitted)).toBe(true)
  expect(Array.from({ length: 3 }, admit)).toEqual([
    { admitted: false, retryAfterMs: 100 },
    { admitted: false, retryAfterMs: 200 },
    { admitted: false, retryAfterMs: 300 },
  ])
})

it('never lets more in than its rate and one burst, whenever logins come', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(300), { minLength: 1, maxLength: 200 }), (gaps) => {
      const clock = createManualClock()
      const admit = createAdmission(clock, 10)
      let admitted = 0
      for (const gap of gaps) {
        clock.advance(gap)
        if (admit().admitted) admitted += 1
        expect(admitted).toBeLessThanOrEqual(10 + clock.monotonic() / 100)
      }
    }),
  )
})

it('serves a fleet that comes back in its slots without refusing any of it again and again', () => {
  const clock = createManualClock()
  const admit = createAdmission(clock, 100)
  const waiting = Array.from({ length: 1000 }, () => 0)
  let tries = 0
  for (let at = 0; waiting.length > 0 && at < 60_000; at += 10) {
    const due = waiting.filter((time) => time <= at)
    for (const time of due) {
      tries += 1
      waiting.splice(waiting.indexOf(time), 1)
      const answer = admit()
      if (!answer.admitted) waiting.push(at + answer.retryAfterMs)
    }
    clock.advance(10)
  }
  expect(waiting).toEqual([])
  expect(clock.monotonic()).toBeLessThan(15_000)
  expect(tries).toBeLessThan(3_000)
})
