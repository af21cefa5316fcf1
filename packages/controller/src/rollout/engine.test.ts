import { createManualClock } from '@muster/protocol/kit'
import { expect, test } from 'vitest'
import type { Tx } from '#db/index.ts'
import { describeEngines, openFresh } from '#db/testing/stores.ts'
import type { LinkNews, NodeLink } from '#hub/link.ts'
import { createFailpoint } from '#kit/failpoint.ts'
import { createRollout } from './engine.ts'
import type { RolloutPort } from './port.ts'

interface Work {
  readonly limit: number
  readonly waiting: Set<number>
  running: number
}

/** Work in memory behind the real engine. */
function aPort(works: Map<number, Work>) {
  const handed: string[] = []
  const locked: number[] = []
  const port: RolloutPort = {
    open: async () => [...works.keys()],
    openFor: async (_tx, nodeKeys) =>
      [...works].filter(([, { waiting }]) => nodeKeys.some((key) => waiting.has(key))).map(([key]) => key),
    async state(_tx, workKey, isConnected, maxReady) {
      locked.push(workKey)
      const work = works.get(workKey)
      if (work === undefined) return undefined
      const ready = [...work.waiting].filter(isConnected).slice(0, maxReady)
      const offline = work.waiting.size > ready.length
      const limits = { concurrencyLimit: work.limit, errorLimit: 0, errors: 0, cancelled: false }
      return { workKey, ...limits, running: work.running, ready, offline }
    },
    async release(_tx, workKey, targets) {
      const work = works.get(workKey)
      for (const target of targets) work?.waiting.delete(target)
      if (work) work.running += targets.length
      return targets
    },
    stop: async () => {},
    async handOver(workKey, targets) {
      for (const target of targets) handed.push(`${workKey}:${target}`)
    },
  }
  return { port, handed, locked }
}

const aWork = (limit: number, ...waiting: number[]): Work => ({ limit, waiting: new Set(waiting), running: 0 })

describeEngines('the rollout engine', (engine) => {
  async function openRollout(works: Map<number, Work>, failpoints?: string) {
    const db = await openFresh(engine)
    const connected = new Set<number>()
    const news: LinkNews[] = []
    const failures: unknown[] = []
    const made = aPort(works)
    const rollout = createRollout({
      ...{ db, clock: createManualClock(0), port: made.port, failpoint: createFailpoint(failpoints) },
      hub: { isConnected: (key) => connected.has(key), subscribe: (listener) => void news.push(listener) },
      onFailure: (error) => void failures.push(error),
    })
    return {
      ...made,
      ...{ db, rollout, failures },
      connect(nodeKey: number) {
        connected.add(nodeKey)
        for (const listener of news) listener.connected({ nodeKey } as NodeLink, { holding: [], journalSince: 0 })
      },
      async [Symbol.asyncDispose]() {
        await rollout[Symbol.asyncDispose]()
        await db[Symbol.asyncDispose]()
      },
    }
  }

  test('releases work for a node that joins, as far as the rate allows', async () => {
    const works = new Map([
      [1, aWork(1, 10, 11)],
      [2, aWork(5, 10)],
      [3, aWork(5, 12)],
    ])
    await using stand = await openRollout(works)
    stand.connect(10)
    await stand.rollout.settled()
    expect(stand.handed).toEqual(['1:10', '2:10'])
    stand.connect(11)
    await stand.rollout.settled()
    expect(stand.handed).toEqual(['1:10', '2:10'])
  })

  test('takes many hints about one piece of work as one', async () => {
    const works = new Map([[1, aWork(5, 10)]])
    await using stand = await openRollout(works)
    stand.connect(10)
    for (let hint = 0; hint < 100; hint++) stand.rollout.kick([1])
    await stand.rollout.settled()
    expect(stand.locked).toEqual([1])
    expect(stand.handed).toEqual(['1:10'])
  })

  test('finds by its sweep what no hint told of', async () => {
    const works = new Map<number, Work>()
    await using stand = await openRollout(works)
    stand.connect(10)
    await stand.rollout.settled()
    works.set(1, aWork(5, 10))
    await stand.rollout.sweep.run(new AbortController().signal)
    expect(stand.handed).toEqual(['1:10'])
  })

  test('takes works in one order, whatever order they are given in', async () => {
    const works = new Map([3, 1, 2].map((key) => [key, aWork(5, 10)]))
    await using stand = await openRollout(works)
    await stand.db.write((tx: Tx) => stand.rollout.advance(tx, [3, 1, 2, 3]))
    expect(stand.locked).toEqual([1, 2, 3])
  })

  test('a work for everybody does not keep others from their turn', async () => {
    const everybody = Array.from({ length: 2500 }, (_, index) => index + 1)
    const works = new Map([
      [1, aWork(5000, ...everybody)],
      [2, aWork(1, 1)],
    ])
    await using stand = await openRollout(works)
    for (const key of everybody) stand.connect(key)
    await stand.rollout.settled()
    expect(stand.handed).toHaveLength(2501)
    expect(stand.handed.indexOf('2:1')).toBeLessThan(1100)
  })

  test('hands nothing over of a transaction that failed, and goes on', async () => {
    const works = new Map([[1, aWork(5, 10)]])
    await using stand = await openRollout(works, 'release-writing:error')
    stand.connect(10)
    await stand.rollout.settled()
    expect(stand.handed).toEqual([])
    expect(stand.failures).toHaveLength(1)
  })
})
