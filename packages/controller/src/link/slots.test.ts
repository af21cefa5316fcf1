import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSlots, TICK_MS } from './slots.ts'

const fixed = (perSecond: number) => ({ least: perSecond, start: perSecond, most: perSecond })

describe('slots', () => {
  it('let a tenth of a second’s worth in at once, hold the next, and give everyone above a slot of its own', () => {
    const slots = createSlots({ rate: fixed(20), held: 2 })
    expect(Array.from({ length: 7 }, () => slots.arrive(0))).toEqual(['now', 'now', 'wait', 'wait', 150, 200, 250])
    expect(slots.release(40)).toBe(0)
    expect(slots.release(50)).toBe(1)
    expect(slots.release(100)).toBe(1)
    expect(slots.release(150)).toBe(0)
    expect(slots.arrive(150)).toBe('now')
  })

  it('never let more in than the rate and one burst, whenever logins come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { minLength: 1, maxLength: 200 }), (gaps) => {
        const slots = createSlots({ rate: fixed(10), held: 5 })
        let at = 0
        let admitted = 0
        for (const gap of gaps) {
          at += gap
          admitted += slots.release(at)
          if (slots.arrive(at) === 'now') admitted += 1
          expect(admitted).toBeLessThanOrEqual(1 + at / 100)
        }
      }),
    )
  })

  it('let more in each second while the process keeps time, and fewer while it does not', () => {
    const slots = createSlots({ rate: { least: 10, start: 100, most: 1000 }, held: 1e6 })
    const admittedIn = (fromMs: number, toMs: number, everyMs: number): number => {
      let admitted = 0
      for (let at = fromMs; at < toMs; at += everyMs) {
        while (slots.arrive(at) === 'now') admitted += 1
        admitted += slots.release(at)
      }
      return admitted
    }
    const first = admittedIn(0, 1000, TICK_MS)
    admittedIn(1000, 3000, TICK_MS)
    const fourth = admittedIn(3000, 4000, TICK_MS)
    expect(fourth).toBeGreaterThan(2 * first)
    expect(fourth).toBeLessThanOrEqual(1100)
    admittedIn(4000, 14_000, 500)
    const late = admittedIn(14_000, 15_000, 500)
    expect(late).toBeLessThan(fourth / 10)
  })

  it('serve a fleet that comes back in its slots without refusing any of it again and again', () => {
    const slots = createSlots({ rate: fixed(100), held: 50 })
    let due = Array.from({ length: 1000 }, () => 0)
    let tries = 0
    let served = 0
    let at = 0
    for (; served < 1000 && at < 60_000; at += 10) {
      served += slots.release(at)
      const come = due.filter((time) => time <= at)
      due = due.filter((time) => time > at)
      for (const _try of come) {
        tries += 1
        const answer = slots.arrive(at)
        if (answer === 'now') served += 1
        else if (answer !== 'wait') due.push(at + answer)
      }
    }
    expect(served).toBe(1000)
    expect(at).toBeLessThan(15_000)
    expect(tries).toBeLessThan(3_000)
  })
})
