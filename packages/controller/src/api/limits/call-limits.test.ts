import { createManualClock } from '@muster/protocol/kit'
import { describe, expect, it } from 'vitest'
import { type Counted, createCallLimits } from './call-limits.ts'
import { type CallRates, NO_RATES } from './rates.ts'

const reading: Counted = { principalId: 'a', class: 'read', waits: false }

function open(rates: Partial<CallRates> = {}, most?: { working: number; waiting: number; waitingOfOne: number }) {
  const clock = createManualClock()
  return { clock, limits: createCallLimits({ clock, rates: { ...NO_RATES, ...rates }, ...(most ? { most } : {}) }) }
}
const codeOf = (act: () => void): string => {
  try {
    act()
    return 'OK'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('the rate of a principal', () => {
  it('lets two seconds’ worth through at once, then one as each is earned', () => {
    const { clock, limits } = open({ read: 2 })
    const codes = Array.from({ length: 5 }, () => codeOf(() => limits.enter(reading)))
    expect(codes).toEqual(['OK', 'OK', 'OK', 'OK', 'ThrottlingException'])
    clock.advance(500)
    expect(codeOf(() => limits.enter(reading))).toBe('OK')
    expect(codeOf(() => limits.enter(reading))).toBe('ThrottlingException')
  })

  it('is counted for each class and each principal apart', () => {
    const { limits } = open({ read: 1, write: 1, send: 1 })
    const others: Counted[] = [
      { ...reading, class: 'write' },
      { ...reading, class: 'send' },
      { ...reading, principalId: 'b' },
    ]
    for (const _call of [1, 2]) limits.enter(reading)
    expect(codeOf(() => limits.enter(reading))).toBe('ThrottlingException')
    for (const other of others) expect(codeOf(() => limits.enter(other))).toBe('OK')
  })

  it('does not bind where it is 0', () => {
    const { limits } = open()
    for (let call = 0; call < 500; call++) limits.enter(reading)
    expect(limits.underWay()).toBe(500)
  })
})

describe('calls under way', () => {
  it('are bounded, and each that ends makes room for another', () => {
    const { limits } = open({}, { working: 2, waiting: 2, waitingOfOne: 2 })
    for (const _call of [1, 2]) limits.enter(reading)
    expect(codeOf(() => limits.enter(reading))).toBe('ServiceUnavailable')
    limits.leave(reading)
    expect(codeOf(() => limits.enter(reading))).toBe('OK')
  })

  it('that wait for news leave the others their room', () => {
    const { limits } = open({}, { working: 1, waiting: 1, waitingOfOne: 1 })
    const waiting = { ...reading, waits: true }
    limits.enter(waiting)
    expect(codeOf(() => limits.enter({ ...waiting, principalId: 'b' }))).toBe('ServiceUnavailable')
    expect(codeOf(() => limits.enter(reading))).toBe('OK')
  })

  it('that wait for news are bounded for each principal too', () => {
    const { limits } = open({}, { working: 10, waiting: 10, waitingOfOne: 2 })
    const waiting = { ...reading, waits: true }
    for (const _call of [1, 2]) limits.enter(waiting)
    expect(codeOf(() => limits.enter(waiting))).toBe('ThrottlingException')
    expect(codeOf(() => limits.enter(reading))).toBe('OK')
    expect(codeOf(() => limits.enter({ ...waiting, principalId: 'b' }))).toBe('OK')
    limits.leave(reading)
    expect(codeOf(() => limits.enter(waiting))).toBe('ThrottlingException')
    limits.leave(waiting)
    expect(codeOf(() => limits.enter(waiting))).toBe('OK')
  })
})
