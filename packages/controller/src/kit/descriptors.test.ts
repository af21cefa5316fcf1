import { expect, it } from 'vitest'
import { createDescriptors } from './descriptors.ts'

async function open(counted: { open: number; limit: number } | undefined) {
  const changes: boolean[] = []
  const state = { counted }
  const descriptors = createDescriptors({
    onChange: (isShort) => changes.push(isShort),
    count: async () => state.counted,
  })
  await descriptors.measure()
  return { descriptors, changes, state }
}

it('leaves a reserve, says once that they run short, and once that there is room again', async () => {
  const { descriptors, changes, state } = await open({ open: 65, limit: 100 })
  using _descriptors = descriptors
  expect([1, 2, 3, 4, 5].map(() => descriptors.take())).toEqual([true, true, true, false, false])
  expect(descriptors.problem()).toContain('no new connection')
  state.counted = { open: 60, limit: 100 }
  await descriptors.measure()
  expect(descriptors.take()).toBe(true)
  expect(descriptors.problem()).toBeUndefined()
  expect(changes).toEqual([true, false])
})

it('follows a limit that is changed while it runs', async () => {
  const { descriptors, state } = await open({ open: 65, limit: 20_000 })
  using _descriptors = descriptors
  state.counted = { open: 65, limit: 80 }
  await descriptors.measure()
  expect(descriptors.take()).toBe(false)
})

it('takes every connection where the system does not say', async () => {
  const { descriptors } = await open(undefined)
  using _descriptors = descriptors
  for (let taken = 0; taken < 1000; taken++) expect(descriptors.take()).toBe(true)
})

it('is short when there is none left to count them with, and has room again once there is', async () => {
  let exhausted = true
  const changes: boolean[] = []
  using descriptors = createDescriptors({
    onChange: (isShort) => changes.push(isShort),
    count: async () => {
      if (exhausted) throw Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' })
      return { open: 10, limit: 100 }
    },
  })
  await descriptors.measure()
  expect(descriptors.take()).toBe(false)
  exhausted = false
  await descriptors.measure()
  expect(descriptors.take()).toBe(true)
  expect(changes).toEqual([true, false])
})
