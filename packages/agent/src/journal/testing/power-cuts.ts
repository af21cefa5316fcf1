import { createManualClock } from '@muster/protocol/kit'
import type { Entry } from '../entry.ts'
import { createFaultyStorage, PowerCut } from '../faulty-storage.ts'
import { appendRecord, type Journal, openJournal } from '../journal.ts'
import { JournalFailed } from '../log.ts'

const clock = createManualClock(0)
const ROUNDS = 5

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

/**
 * Cuts the power of a journal's disk so often, five times in the life of each disk, and answers how often it did. Throws,
 * with the seed, when what is read then is not a prefix of what was appended that holds every promise, under the ids it had.
 */
export async function cutPower({
  cuts,
  firstSeed,
}: {
  readonly cuts: number
  readonly firstSeed: number
}): Promise<number> {
  let done = 0
  for (let seed = firstSeed; done < cuts; seed++) done += await oneDisk(seed)
  return done
}

async function oneDisk(seed: number): Promise<number> {
  const random = randomFrom(seed)
  const storage = createFaultyStorage(random)
  const rounds: number[] = []
  let promised = 0
  for (let round = 0; round < ROUNDS; round++) {
    storage.cutAfter(round === 0 ? 20 + Math.floor(random() * 30) : Math.floor(random() * 40))
    try {
      const journal = await openJournal({
        storage,
        clock,
        segmentBytes: 1024,
        reserveBytes: 0,
        rewrite: random() < 0.2,
      })
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
  }
  return ROUNDS
}
