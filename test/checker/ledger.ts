import type { LedgerLine } from './history.ts'

/**
 * Shell lines that put one line into a ledger with O_APPEND and sync it before the script goes on; `file` is a word of
 * shell. The uptime is the time that a shell can read without starting a process.
 */
export const ledgerLines = (file: string, step: string): readonly string[] => [
  'read -r uptime rest </proc/uptime',
  `echo "$SSM_COMMAND_ID ${step} $MUSTER_ATTEMPT $uptime" | dd of=${file} oflag=append conv=notrunc,fsync status=none`,
]

/** Reads a host's ledger; `bootedAt` turns its uptimes into times. A line that is not whole throws: it was synced. */
export function parseLedger(nodeId: string, text: string, bootedAt: number): readonly LedgerLine[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [commandId = '', step = '', token = '', uptime = ''] = line.split(' ')
      if (uptime === '') throw new Error(`a line of the ledger of ${nodeId} is not whole: ${line}`)
      return { nodeId, commandId, step, token, at: bootedAt + Number(uptime) * 1000 }
    })
}
