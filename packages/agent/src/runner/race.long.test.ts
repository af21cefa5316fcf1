import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeRunRecord } from '@muster/protocol/delivery'
import { expect, test } from 'vitest'
import type { Ended, EndedBy, Execution } from './execution.ts'
import { aWork, createHost, resultOf, startRig, verifiedRecord } from './test-rig.ts'

const FAKE_RACES = 10_000
const REAL_RACES = 200
const NONE = { kept: 0, dropped: 0 }

/** Processes that end when told to; the first word about the end of one decides, as the real `end` file does. */
function createFakeExecution(folder: string) {
  let token = 0
  const attempts = new Map<string, { end: EndedBy | undefined; started: boolean; done: PromiseWithResolvers<Ended> }>()
  const find = (token: string) =>
    attempts.get(token) ?? { end: undefined, started: false, done: Promise.withResolvers<Ended>() }
  const end = (token: string, by: EndedBy): boolean => {
    const attempt = find(token)
    if (attempt.end !== undefined) return false
    attempt.end = by
    attempt.done.resolve({
      kind: 'ended',
      by,
      code: by === 'exit' ? 0 : undefined,
      stdout: NONE,
      stderr: NONE,
      oomKills: 0,
      orphans: [],
    })
    return true
  }
  const decided = new Map<string, EndedBy>()
  const execution: Execution = {
    secretsProblem: async () => undefined,
    reserve: async () => `t${token++}`,
    release: async () => {},
    workspace: () => ({ root: folder, path: (name) => join(folder, name) }),
    async prepare(token) {
      attempts.set(token, { end: undefined, started: false, done: Promise.withResolvers<Ended>() })
    },
    async start() {},
    find: async () => 'gone',
    wait: (token) => find(token).done.promise,
    stop: async (token, by) => end(token, by),
    async remove(token) {
      const by = attempts.get(token)?.end
      if (by) decided.set(token, by)
      attempts.delete(token)
    },
    tokens: async () => [],
    sizes: async () => ({ stdout: NONE, stderr: NONE }),
    spoolFile: () => join(folder, 'none'),
  }
  /** Ends what runs, one in four of it only when told so. */
  const complete = (all: boolean) => {
    for (const token of attempts.keys()) if (all || Number(token.slice(1)) % 4 !== 0) end(token, 'exit')
  }
  return { execution, decided, complete }
}

test(`ends in one state, the one that was written down first, in ${FAKE_RACES} races of cancel and completion`, {
  timeout: 600_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-race-'))
  using host = createHost()
  const fake = createFakeExecution(folder)
  const outcomes = { Success: 0, Cancelled: 0 }
  try {
    await using rig = await startRig(host, {
      wrapExecution: () => fake.execution,
      deps: { concurrency: 100 },
    })
    // All of it takes minutes on a busy machine.
    const { envelope, ...rest } = aWork('x', ['true'], { deliverBy: Date.now() + 3_600_000 })
    let receipted = 0
    for (let batch = 0; batch < FAKE_RACES / 100; batch++) {
      const ids = Array.from({ length: 100 }, (_, n) => `i${batch}-${n}`)
      const accepted = Promise.all(ids.map((invocationId) => rig.runner.accept({ ...rest, envelope, invocationId })))
      let open = true
      // Cancels and completions meet work that is queued, starting, running or over, as chance has it. One process in
      // four ends only after all cancels, so that both outcomes are there however slow the disk is.
      let cancelling = ids.length
      const cancels = ids.map(async (id, n) => {
        await accepted
        for (let turn = 0; turn < n % 13; turn++) await new Promise((resolve) => setImmediate(resolve))
        await rig.runner.cancel(id)
        cancelling -= 1
      })
      const completing = (async () => {
        for (let turn = 0; open; turn++) {
          await new Promise((resolve) => setImmediate(resolve))
          if (turn % 3 === batch % 3) fake.complete(cancelling === 0)
        }
      })()
      for (const id of ids) await resultOf(rig.runner, id)
      open = false
      await Promise.all([...cancels, completing])
      const results = rig.runner.pending(0, Number.POSITIVE_INFINITY).filter(({ fact }) => fact.kind === 'result')
      expect(results.map(({ invocationId }) => invocationId).toSorted()).toEqual(ids.toSorted())
      for (const { fact, number } of results) {
        const decoded = fact.kind === 'result' ? decodeRunRecord(fact.result.runRecord) : undefined
        if (!decoded?.ok) throw new Error('no record')
        const { status, steps } = decoded.value
        if (status !== 'Success' && status !== 'Cancelled') throw new Error(`ended as ${status}`)
        outcomes[status] += 1
        expect(steps[0]?.exitCode).toBe(status === 'Success' ? 0 : -1)
        receipted = Math.max(receipted, number)
      }
      await rig.runner.receipted(receipted)
    }
    const ended = [...fake.decided.values()]
    expect(ended.filter((by) => by === 'exit')).toHaveLength(outcomes.Success)
    expect(outcomes.Success + outcomes.Cancelled).toBe(FAKE_RACES)
    expect(Math.min(outcomes.Success, outcomes.Cancelled)).toBeGreaterThan(FAKE_RACES / 100)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test(`says Cancelled only of what it ended, in ${REAL_RACES} races with real processes`, {
  timeout: 60_000,
}, async () => {
  using host = createHost()
  await using rig = await startRig(host, { deps: { concurrency: 4 } })
  const outcomes = { Success: 0, Cancelled: 0 }
  const race = async (n: number) => {
    const id = `r${n}`
    // The last line is written only when the script came to its end by itself.
    const work = aWork(id, [`echo ${id}-began >>${host.ledger}; sleep 0.0${n % 5}; echo ${id}-ended >>${host.ledger}`])
    await rig.runner.accept(work)
    await new Promise((resolve) => setTimeout(resolve, (n * 7) % 90))
    await rig.runner.cancel(id)
    const { status } = verifiedRecord(await resultOf(rig.runner, id), work)
    if (status !== 'Success' && status !== 'Cancelled') throw new Error(`${id} ended as ${status}`)
    outcomes[status] += 1
    return { id, status }
  }
  const ended: { id: string; status: string }[] = []
  for (let n = 0; n < REAL_RACES; n += 4) ended.push(...(await Promise.all([n, n + 1, n + 2, n + 3].map(race))))
  const ledger = await host.readLedger()
  expect(new Set(ledger).size).toBe(ledger.length)
  for (const { id, status } of ended) if (status === 'Success') expect(ledger).toContain(`${id}-ended`)
  const results = rig.runner.pending(0, Number.POSITIVE_INFINITY).filter(({ fact }) => fact.kind === 'result')
  expect(results).toHaveLength(REAL_RACES)
  expect(Math.min(outcomes.Success, outcomes.Cancelled)).toBeGreaterThan(0)
})
