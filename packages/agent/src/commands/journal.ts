import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readJournal } from '#journal/index.ts'

/** `muster-agent journal`: every entry as a line of JSON, without the bytes it carries; safe beside a running agent. */
export async function runJournal(data: string): Promise<number> {
  const folder = join(data, 'journal')
  if (!existsSync(folder)) {
    process.stderr.write(`muster-agent: ${folder} does not exist: no agent has run on this folder\n`)
    return 1
  }
  const { journalId, entries, damage } = await readJournal(folder)
  for (const { segment, problem } of damage) process.stderr.write(`muster-agent: segment ${segment}: ${problem}\n`)
  for (const { number, entry } of entries) {
    const { bytes, ...rest } = { bytes: undefined, ...entry }
    process.stdout.write(
      `${JSON.stringify({ journalId, number, ...rest, ...(bytes ? { bytes: bytes.length } : {}) })}\n`,
    )
  }
  return 0
}
