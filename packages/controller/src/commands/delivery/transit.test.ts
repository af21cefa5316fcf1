import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTransit } from './transit.ts'

const work = (errors: number, errorLimit = 3) => ({ key: 1, errors, errorLimit })

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

function aTransit() {
  const settled: number[] = []
  return { settled, transit: createTransit((key) => void settled.push(key)) }
}

/** Whether a promise has resolved by now. */
async function isClear(clear: Promise<void> | undefined): Promise<boolean> {
  return Promise.race([clear?.then(() => true), new Promise<false>((resolve) => setImmediate(resolve, false))]).then(
    Boolean,
  )
}

test('an error that does not stop the command waits for nothing', () => {
  const { transit } = aTransit()
  transit.depart(work(2), [10, 11])
  expect(transit.errorCame(1, 12).clear).toBeUndefined()
})

test('the error that stops the command waits until every node that got work has reported', async () => {
  const { transit } = aTransit()
  expect(transit.depart(work(3), [10, 11])).toBe(true)
  const { clear } = transit.errorCame(1, 12)
  transit.reported(1, 10)
  expect(await isClear(clear)).toBe(false)
  transit.reported(1, 11)
  expect(await isClear(clear)).toBe(true)
})

test('nothing departs while errors are coming that stop the command, and again when they were none', () => {
  const { transit, settled } = aTransit()
  const coming = [transit.errorCame(1, 10), transit.errorCame(1, 11)]
  expect(transit.depart(work(2), [12])).toBe(false)
  expect(transit.depart(work(1), [12])).toBe(true)
  // The first was put aside: its node did not sign it.
  coming[0]?.[Symbol.dispose]()
  expect(settled).toEqual([1])
  expect(transit.depart(work(2), [13])).toBe(true)
})

test('an error counts once: as coming, or in the row', () => {
  const { transit, settled } = aTransit()
  const coming = transit.errorCame(1, 10)
  transit.counted(work(3), [10])
  expect(transit.depart(work(3), [11])).toBe(true)
  coming[Symbol.dispose]()
  expect(settled).toEqual([])
})

test('an error that is told twice counts once', () => {
  const { transit } = aTransit()
  transit.errorCame(1, 10)
  transit.errorCame(1, 10)
  expect(transit.depart(work(2), [12])).toBe(true)
})

test('errors past the limit wait no more: the command is stopped already', () => {
  const { transit } = aTransit()
  transit.depart(work(3), [10, 11])
  transit.counted(work(4), [12])
  expect(transit.errorCame(1, 11).clear).toBeUndefined()
})

test('a node that does not report is waited for 5 seconds from its own departure', async () => {
  const { transit } = aTransit()
  transit.depart(work(3), [10])
  vi.advanceTimersByTime(3_000)
  transit.depart(work(3), [10, 11])
  const { clear } = transit.errorCame(1, 12)
  vi.advanceTimersByTime(4_999)
  expect(await isClear(clear)).toBe(false)
  vi.advanceTimersByTime(1)
  expect(await isClear(clear)).toBe(true)
})

test('commands do not wait for one another', () => {
  const { transit } = aTransit()
  transit.depart({ key: 2, errors: 0, errorLimit: 0 }, [10])
  expect(transit.errorCame(1, 10).clear).toBeUndefined()
  expect(transit.errorCame(2, 11).clear).toBeInstanceOf(Promise)
})
