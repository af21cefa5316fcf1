import { openGenerations } from '@muster/agent/enrol'
import { expect, it } from 'vitest'
import { createFaultyStorage, PowerCut } from '../../packages/agent/src/journal/faulty-storage.ts'
import { judgeLogin, type Machine } from '../../packages/controller/src/fleet/identity/judge.ts'

const CRASHES = 20_000

/** mulberry32: small, seeded, good enough to choose when and what a disk loses. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The controller's rows of one node, durable at each step. */
function createRows() {
  let machines: Machine[] = [
    { number: 1, generation: 0, pendingGeneration: undefined, superseded: false, dropUnstarted: false },
  ]
  const put = (machine: Machine): void => {
    machines = [...machines.filter(({ number }) => number !== machine.number), machine]
  }
  return {
    logIn(generation: number) {
      const verdict = judgeLogin(machines, false, { generation, alive: [] })
      if (verdict.machine) put(verdict.machine)
      return verdict
    },
    confirm(generation: number) {
      const holder = machines.find(({ pendingGeneration }) => pendingGeneration === generation)
      if (holder) put({ ...holder, generation, pendingGeneration: undefined })
    },
  }
}

/** One life of the agent: logins until the power goes or the process ends; links break where the dice say so. */
async function live(
  storage: ReturnType<typeof createFaultyStorage>,
  rows: ReturnType<typeof createRows>,
  random: () => number,
): Promise<void> {
  const generations = await openGenerations(storage)
  for (let logins = Math.floor(random() * 4); logins >= 0; logins--) {
    const said = await generations.current()
    const { machine, isNew } = rows.logIn(said)
    if (isNew || !machine) throw new Error(`false alarm: ${said} was said`)
    const offered = machine.pendingGeneration ?? 0
    // The welcome may be lost, and so may the confirmation.
    if (random() < 0.2) continue
    await generations.keep(offered)
    if (random() < 0.8) rows.confirm(offered)
  }
}

it(`raises no false alarm in ${CRASHES} crashes during a change of generation`, { timeout: 120_000 }, async () => {
  let crashes = 0
  for (let seed = 1; crashes < CRASHES; seed++) {
    const random = randomFrom(seed)
    const storage = createFaultyStorage(random)
    const rows = createRows()
    for (let life = 0; life < 20; life++) {
      storage.cutAfter(Math.floor(random() * 30))
      try {
        await live(storage, rows, random)
      } catch (error) {
        if (!(error instanceof PowerCut)) throw new Error(`seed ${seed}, life ${life}`, { cause: error })
      }
      if (random() < 0.5) storage.restart()
      else storage.revive()
      crashes += 1
    }
  }
  expect(crashes).toBeGreaterThanOrEqual(CRASHES)
})

it('finds out every copy at its second login at the latest, whenever it was taken', () => {
  for (let taken = 0; taken < 50; taken++) {
    const rows = createRows()
    let disk = 0
    let copy = 0
    for (let login = 0; login <= taken + 3; login++) {
      if (login === taken) copy = disk
      disk = rows.logIn(disk).machine?.pendingGeneration ?? 0
      if (login % 3 === 0) rows.confirm(disk)
    }
    const first = rows.logIn(copy)
    const own = rows.logIn(disk)
    expect([first.standing, own.standing], `taken at ${taken}`).toContain('held')
  }
})
