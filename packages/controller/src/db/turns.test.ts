import { expect, test } from 'vitest'
import { StoreBusy, StoreLost } from './errors.ts'
import { createTurns } from './turns.ts'

const aQueue = (most: number, waitMs = 10_000) => {
  let started = 0
  return createTurns({ most, waitMs, start: async () => ++started })
}

test('starts no more items than it may and hands them on in the order of asking', async () => {
  const turns = aQueue(2)
  const [first, second] = [await turns.acquire(), await turns.acquire()]
  expect([first, second]).toEqual([1, 2])
  const order: string[] = []
  const waiting = ['a', 'b', 'c'].map(async (name) => {
    const item = await turns.acquire()
    order.push(`${name}${item}`)
    turns.release(item)
  })
  turns.release(second)
  await Promise.all(waiting)
  expect(order).toEqual(['a2', 'b2', 'c2'])
})

test('lets nobody pass those who wait', async () => {
  const turns = aQueue(1)
  const item = await turns.acquire()
  const waiting = turns.acquire()
  turns.release(item)
  const late = turns.acquire()
  const order: string[] = []
  const noted = [waiting.then(() => order.push('waiting')), late.then(() => order.push('late'))]
  turns.release(await waiting)
  await Promise.all(noted)
  expect(order).toEqual(['waiting', 'late'])
})

test('gives up after the waiting time and stays whole', async () => {
  const turns = aQueue(1, 5)
  const item = await turns.acquire()
  await expect(turns.acquire()).rejects.toThrow(StoreBusy)
  turns.release(item)
  expect(await turns.acquire()).toBe(1)
})

test('starts again after a start that failed', async () => {
  let calls = 0
  const turns = createTurns({
    most: 1,
    waitMs: 10_000,
    start: async () => {
      if (++calls === 1) throw new Error('not yet')
      return calls
    },
  })
  await expect(turns.acquire()).rejects.toThrow('not yet')
  expect(await turns.acquire()).toBe(2)
})

test('fails all who wait and all who come later once closed', async () => {
  const turns = aQueue(1)
  await turns.acquire()
  const waiting = turns.acquire()
  turns.close(new Error('the end'))
  await expect(waiting).rejects.toThrow(StoreLost)
  await expect(turns.acquire()).rejects.toThrow('the end')
})

test('waits for one that there is when one more cannot be started, and fails when there is none', async () => {
  let started = 0
  const start = async () => {
    if (started > 0) throw new Error('no more')
    return ++started
  }
  const turns = createTurns({ most: 2, waitMs: 10_000, start })
  const first = await turns.acquire()
  const second = turns.acquire()
  turns.release(first)
  expect(await second).toBe(1)
  const none = createTurns({ most: 2, waitMs: 10_000, start })
  await expect(none.acquire()).rejects.toThrow('no more')
})
