import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createGathering } from './gathering.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function open() {
  let acts = 0
  const gathering = createGathering(10, () => {
    acts += 1
  })
  return { gathering, acts: () => acts }
}

it('passes the first call on at once', () => {
  const { gathering, acts } = open()
  gathering.call()
  expect(acts()).toBe(1)
})

it('passes those that come soon after it on as one, at the end of the time', () => {
  const { gathering, acts } = open()
  for (const _call of [1, 2, 3]) gathering.call()
  vi.advanceTimersByTime(9)
  expect(acts()).toBe(1)
  vi.advanceTimersByTime(1)
  expect(acts()).toBe(2)
})

it('passes calls that come without end on once each time, and after a pause at once again', () => {
  const { gathering, acts } = open()
  for (let millisecond = 0; millisecond < 100; millisecond++) {
    gathering.call()
    vi.advanceTimersByTime(1)
  }
  expect(acts()).toBe(11)
  vi.advanceTimersByTime(20)
  gathering.call()
  expect(acts()).toBe(12)
})

it('passes nothing on once it is disposed of', () => {
  const { gathering, acts } = open()
  gathering.call()
  gathering.call()
  gathering[Symbol.dispose]()
  vi.advanceTimersByTime(100)
  expect(acts()).toBe(1)
})
