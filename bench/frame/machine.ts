import { execFileSync } from 'node:child_process'
import { availableParallelism, totalmem } from 'node:os'

/** Where the figures come from; absolute numbers of two machines do not compare. */
export interface Machine {
  readonly cores: number
  readonly memoryGB: number
  /** Kind of the file system that the bench writes to. */
  readonly disk: string
}

export const readMachine = (folder: string): Machine => ({
  cores: availableParallelism(),
  memoryGB: Math.round(totalmem() / 1024 ** 3),
  disk: diskOf(folder),
})

function diskOf(folder: string): string {
  try {
    const lines = execFileSync('df', ['-PT', folder], { encoding: 'utf8' }).trim().split('\n')
    return lines[1]?.split(/\s+/)[1] ?? 'unknown'
  } catch {
    return 'unknown'
  }
}
