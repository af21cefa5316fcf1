import { decodeEntry, type Entry } from './entry.ts'
import { readLog } from './log.ts'
import { openFolder } from './storage.ts'

/** What a journal's folder holds, read beside a running agent: nothing is repaired and nothing written. */
export interface JournalContent {
  readonly journalId: string | undefined
  readonly entries: readonly { readonly number: number; readonly entry: Entry }[]
  readonly damage: readonly { readonly segment: number; readonly problem: string }[]
}

export async function readJournal(folder: string): Promise<JournalContent> {
  const { journalId, records, damage } = await readLog(await openFolder(folder))
  const entries = records.flatMap(({ number, type, body }) => {
    const entry = decodeEntry(type, body)
    return entry ? [{ number, entry }] : []
  })
  return { journalId, entries, damage: damage.map(({ sequence, problem }) => ({ segment: sequence, problem })) }
}
