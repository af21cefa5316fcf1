import type { LinkRecord } from '@muster/protocol/link'
import type { News } from '#kit/index.ts'
import type { RecordPort } from '#link/index.ts'
import type { OutboxEntry, Runner } from '#runner/index.ts'

/** The journal's facts as the link sends them. */
export const createRecords = (runner: Pick<Runner, 'pending' | 'receipted'>, news: News): RecordPort => ({
  news,
  pending: async (after, limit) => runner.pending(after, limit).map(toRecord),
  receipted: (number) => runner.receipted(number),
})

const toRecord = (entry: OutboxEntry): LinkRecord => entry
