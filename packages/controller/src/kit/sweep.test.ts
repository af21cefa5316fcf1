import { expect, it } from 'vitest'
import { type Sweep, startSweeps } from './sweep.ts'

const deps = { random: () => 0, onFailure: () => {} }

it('runs a sweep again and again, one round at a time', async () => {
  const third = Promise.withResolvers<void>()
  let running = 0
  let most = 0
  let rounds = 0
  const sweep: Sweep = {
    name: 'a',
    every: 1,
    async run() {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setImmediate(resolve))
      running--
      if (++rounds === 3) third.resolve()
    },
  }
  await using _sweeps = startSweeps([sweep], deps)
  await third.promise
  expect(most).toBe(1)
})

it('tells of a round that failed, and goes on', async () => {
  const failures: unknown[] = []
  const second = Promise.withResolvers<void>()
  const sweep: Sweep = {
    name: 'a',
    every: 1,
    async run() {
      if (failures.length > 0) return second.resolve()
      throw new Error('broken')
    },
  }
  await using _sweeps = startSweeps([sweep], { ...deps, onFailure: (name, error) => failures.push([name, error]) })
  await second.promise
  expect(failures).toEqual([['a', new Error('broken')]])
})

it('waits at the end for the round under way, whose signal fires, and starts no other', async () => {
  const begun = Promise.withResolvers<void>()
  let ended = 0
  const sweep: Sweep = {
    name: 'a',
    every: 1,
    async run(signal) {
      begun.resolve()
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
      await new Promise((resolve) => setImmediate(resolve))
      ended++
    },
  }
  const sweeps = startSweeps([sweep], deps)
  await begun.promise
  await sweeps[Symbol.asyncDispose]()
  expect(ended).toBe(1)
})

it('runs a sweep with cron fields when they match', async () => {
  const run = Promise.withResolvers<void>()
  const sweep: Sweep = { name: 'a', every: '* * * * * *', run: async () => run.resolve() }
  await using _sweeps = startSweeps([sweep], deps)
  await run.promise
})
