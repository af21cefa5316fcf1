import { createManualClock } from '@muster/protocol/kit'
import { expect, test } from 'vitest'
import type { Entry } from './entry.ts'
import { createFaultyStorage, PowerCut } from './faulty-storage.ts'
import { appendRecord, type Journal, openJournal } from './journal.ts'
import { JournalFailed } from './log.ts'

const CUTS = 10_000
const clock = createManualClock(0)

/** mulberry32: small, seeded, good enough to choose what a disk loses. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Invocation n is one entry: that it was received, in which round. Which of them a journal knows is its whole content. */
const entry = (n: number, round: number, size: number): Entry => ({
  kind: 'received',
  invocationId: `i${n}`,
  commandId: String(round),
  deliverBy: n,
  expiresAt: 0,
  bytes: new Uint8Array(size),
})

/** Appends until the power goes; answers how many were promised to be durable. `rounds` says who tried which entry last. */
async function workUntilCut(journal: Journal, round: number, rounds: number[], random: () => number): Promise<number> {
  let promised = rounds.length
  try {
    for (;;) {
      // Entries that nobody waits to see synced lie between those that somebody does.
      if (random() < 0.3) appendRecord(journal, { kind: 'forgotten', invocationId: 'i0' }).catch(() => {})
      const batch = Array.from({ length: 1 + Math.floor(random() * 3) }, () => rounds.push(round) - 1)
      // Few sizes, so that records of different lives often begin at the same place.
      await Promise.all(batch.map((n) => appendRecord(journal, entry(n, round, 232 * Math.floor(random() * 3)))))
      promised = rounds.length
      if (random() < 0.05) await journal.compact()
    }
  } catch (error) {
    if (!(error instanceof JournalFailed)) throw error
  }
  return promised
}

test(`recovers to a prefix that holds every promise after ${CUTS} power cuts`, { timeout: 30_000 }, async () => {
  let cuts = 0
  for (let seed = 1; cuts < CUTS; seed++) {
    const random = randomFrom(seed)
    const storage = createFaultyStorage(random)
    const rounds: number[] = []
    let promised = 0
    for (let round = 0; round < 5; round++) {
      storage.cutAfter(round === 0 ? 20 + Math.floor(random() * 30) : Math.floor(random() * 40))
      try {
        const journal = await openJournal({ storage, clock, segmentBytes: 1024, reserveBytes: 0 })
        const found = journal.runner
          .unfinished()
          .map(({ invocationId, received }) => `${invocationId}@${received?.commandId}`)
        const tried = rounds.map((by, n) => `i${n}@${by}`)
        const isPrefix = found.every((item, n) => item === tried[n])
        if (journal.damage.length > 0 || found.length < promised || !isPrefix) {
          throw new Error(
            `seed ${seed} round ${round}: ${promised} promised, tried ${tried}, found ${found}, damage ${JSON.stringify(journal.damage)}`,
          )
        }
        rounds.length = found.length
        promised = await workUntilCut(journal, round, rounds, random)
      } catch (error) {
        if (!(error instanceof PowerCut)) throw error
      }
      storage.restart()
      cuts += 1
    }
  }
  expect(cuts).toBeGreaterThanOrEqual(CUTS)
})
