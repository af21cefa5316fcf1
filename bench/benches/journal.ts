import { join } from 'node:path'
import { appendRecord, type Journal, openFolder, openJournal, type Storage } from '@muster/agent/journal'
import { systemClock } from '@muster/protocol/kit'
import { bareSyncs } from '../floors/bare-syncs.ts'
import type { Bench, Setting } from '../frame/bench.ts'
import { alternate } from '../frame/rounds.ts'
import { median } from '../frame/statistics.ts'

const ENVELOPE = new Uint8Array(700).fill(0x20)
const RESULT = new Uint8Array(1500).fill(0x20)
const WEEK_MS = 7 * 24 * 3_600_000
const KNOWN = [1000, 100_000] as const

/** Durable steps through the agent's real journal against the syncs that they cannot do without. */
export const journal: Bench = {
  name: 'journal',
  about: 'durable steps a second through the agent’s journal',
  async run(setting) {
    const steps = setting.quick ? 1000 : 5000
    await using muster = await openCounted(join(setting.folder, 'journal'))
    const each: number[] = []
    const rates = await alternate(setting, {
      limit: async () => {
        const seconds = await bareSyncs(join(setting.folder, 'bare'), [ENVELOPE, new Uint8Array(400), RESULT], steps)
        return steps / seconds
      },
      muster: async (round) => {
        const started = performance.now()
        for (let step = 0; step < steps; step++) each.push(await muster.step(`run-${round}-${step}`))
        return steps / ((performance.now() - started) / 1000)
      },
    })
    const total = each.reduce((sum, syncs) => sum + syncs, 0)
    return {
      comparisons: [
        { name: 'durable_steps', at: {}, unit: 'steps/s', goal: '>=0.7', ...rates },
        { name: 'syncs_a_step', at: {}, unit: 'syncs', goal: '<=3', limit: [1], muster: [median(each)] },
        // Going on in the next segment costs a few syncs every few hundred steps.
        { name: 'syncs_a_step_all', at: {}, unit: 'syncs', goal: '<=3.1', limit: [1], muster: [total / each.length] },
      ],
      growth: [{ over: 'runs remembered', goal: '<=0.06', points: await growth(setting) }],
      counts: { lost: muster.unreceipted(), double: 0, errors: 0 },
    }
  },
}

/**
 * Time of a step beside runs whose ids are still remembered, which is all that a finished run leaves behind. The median,
 * because the journal is written anew only once it has doubled: that cost belongs to many steps.
 */
async function growth({ folder, rounds, quick, signal }: Setting): Promise<{ size: number; cost: number }[]> {
  const steps = quick ? 60 : 200
  await using stack = new AsyncDisposableStack()
  const journals: { size: number; times: number[]; step: (id: string) => Promise<number> }[] = []
  for (const size of KNOWN) {
    const opened = stack.use(await openCounted(join(folder, `journal-${size}`)))
    await opened.remember(size)
    journals.push({ size, times: [], step: opened.step })
  }
  for (let round = 0; round < rounds; round++) {
    for (let index = 0; index < steps; index++) {
      signal.throwIfAborted()
      // Step by step in turn: a disk that slows down slows both.
      for (const { times, step } of journals) {
        const started = performance.now()
        await step(`grown-${round}-${index}`)
        times.push(performance.now() - started)
      }
    }
  }
  return journals.map(({ size, times }) => ({ size, cost: median(times) }))
}

interface CountedJournal extends AsyncDisposable {
  /** One step as the runner journals it; answers the syncs that it took. */
  step(invocationId: string): Promise<number>
  remember(count: number): Promise<void>
  unreceipted(): number
}

async function openCounted(folder: string): Promise<CountedJournal> {
  const { storage, syncs } = countSyncs(await openFolder(folder))
  const opened = await openJournal({ storage, clock: systemClock })
  return {
    async step(invocationId) {
      const before = syncs()
      await oneStep(opened, invocationId)
      return syncs() - before
    },
    async remember(count) {
      const forgetAt = Date.now() + WEEK_MS
      const ids = Array.from({ length: count }, (_, index) => `known-${index}`)
      await Promise.all(ids.map((invocationId) => appendRecord(opened, { kind: 'known', invocationId, forgetAt })))
      await opened.compact()
    },
    unreceipted: () => opened.outbox.unreceipted(0, Number.POSITIVE_INFINITY).length,
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}

async function oneStep(opened: Journal, invocationId: string): Promise<void> {
  const at = Date.now()
  const place = { step: 0, attempt: 1, token: invocationId, bootId: 'bench' }
  await appendRecord(opened, {
    kind: 'received',
    invocationId,
    commandId: invocationId,
    deliverBy: at + 60_000,
    expiresAt: at + 60_000,
    bytes: ENVELOPE,
  })
  await appendRecord(opened, { kind: 'starting', invocationId, ...place, at, uptimeMs: 1 })
  const number = await appendRecord(opened, {
    kind: 'result',
    invocationId,
    forgetAt: at + WEEK_MS,
    spools: [],
    bytes: RESULT,
  })
  await appendRecord(opened, { kind: 'receipted', upTo: number })
}

function countSyncs(storage: Storage): { storage: Storage; syncs: () => number } {
  let count = 0
  const counted = (file: Awaited<ReturnType<Storage['open']>>) => ({
    ...file,
    sync: () => {
      count += 1
      return file.sync()
    },
  })
  return {
    syncs: () => count,
    storage: {
      ...storage,
      create: async (name) => counted(await storage.create(name)),
      open: async (name) => counted(await storage.open(name)),
      syncFolder: () => {
        count += 1
        return storage.syncFolder()
      },
    },
  }
}
