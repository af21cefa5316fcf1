import type { Database, Reader } from '#db/index.ts'
import { MAX_OF_TIER, type Tier } from './parameter.ts'
import { countOf } from './store.ts'

/** From this share of a limit on, each decision counts what its own transaction sees. */
const NEAR = 0.9

/**
 * How many parameters of each tier there are. Far from the limits that is what was read some seconds ago, with what this
 * process has added since: a count inside the transaction would make any two writers that add a parameter collide.
 */
export interface Counts {
  /** Reads anew; to be waited for before the first request. */
  load(): Promise<void>
  standing(db: Reader): Promise<Readonly<Record<Tier, number>>>
  /** One more, once that is durable. */
  added(tier: Tier): void
}

export function createCounts({ read }: Pick<Database, 'read'>): Counts {
  const known = { Standard: 0, Advanced: 0 }
  const standingOf = async (db: Reader, tier: Tier): Promise<number> =>
    known[tier] < NEAR * MAX_OF_TIER[tier] ? known[tier] : countOf(db, tier)
  return {
    async load() {
      for (const tier of ['Standard', 'Advanced'] as const) known[tier] = await countOf(read, tier)
    },
    standing: async (db) => ({
      Standard: await standingOf(db, 'Standard'),
      Advanced: await standingOf(db, 'Advanced'),
    }),
    added(tier) {
      known[tier] += 1
    },
  }
}
