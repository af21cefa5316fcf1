import type { Reader } from '#db/index.ts'
import { findHash, findHead } from './chain-store.ts'
import { readLine } from './checkpoint.ts'
import { checkCheckpoint, type Problem } from './verify.ts'

/** What a line that a sink has kept says against the store; undefined when they agree, or the line is none of ours. */
export async function compareLine(db: Reader, line: string): Promise<Problem | undefined> {
  const checkpoint = readLine(line)
  if (!checkpoint) return undefined
  const head = await findHead(db)
  if (!head)
    return {
      ...{ number: checkpoint.number, kind: 'CheckpointMismatch' },
      sentence: `There is a checkpoint of row ${checkpoint.number}, but this store has no audit trail yet: it is another one, or an older copy.`,
    }
  return checkCheckpoint(head, checkpoint, await findHash(db, checkpoint.number))
}
