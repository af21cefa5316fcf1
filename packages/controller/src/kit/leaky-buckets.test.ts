import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createLeakyBuckets } from './leaky-buckets.ts'

it('forgets with time and keeps a bounded number of keys', () => {
  const buckets = createLeakyBuckets({ burst: 2, leakMs: 1000, maxKeys: 2 })
  for (const at of [0, 0]) buckets.add('a', at)
  expect(buckets.waitMs('a', 0)).toBe(1000)
  expect(buckets.waitMs('a', 1000)).toBe(0)
  expect(buckets.waitMs('b', 0)).toBe(0)
  for (const key of ['b', 'b', 'c', 'c']) buckets.add(key, 0)
  expect(buckets.waitMs('a', 0)).toBe(0)
  expect(buckets.waitMs('c', 0)).toBe(1000)
  expect(buckets.size).toBe(2)
})

it('is not fooled by a clock that goes back', () => {
  const buckets = createLeakyBuckets({ burst: 1, leakMs: 1000, maxKeys: 2 })
  buckets.add('a', 10_000)
  expect(buckets.waitMs('a', 0)).toBe(1000)
})

it('never lets more through than its burst and what leaked, whoever asks when', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(300), { maxLength: 200 }), (gaps) => {
      const buckets = createLeakyBuckets({ burst: 5, leakMs: 100, maxKeys: 10 })
      let at = 0
      let taken = 0
      for (const gap of gaps) {
        at += gap
        if (buckets.take('a', at)) taken += 1
        expect(taken).toBeLessThanOrEqual(5 + at / 100)
      }
    }),
  )
})
