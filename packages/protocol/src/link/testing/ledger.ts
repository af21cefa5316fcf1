import type { LedgerLine } from './behaviour.ts'

/** What a node really did, line by line. */
export interface Ledger {
  readonly lines: readonly LedgerLine[]
  write(line: LedgerLine): void
  onLine(listener: (line: LedgerLine) => void): void
  /** Resolves when there are so many lines. */
  reach(count: number): Promise<void>
}

export function createLedger(): Ledger {
  const lines: LedgerLine[] = []
  const listeners: ((line: LedgerLine) => void)[] = []
  return {
    lines,
    write(line) {
      lines.push(line)
      for (const listener of listeners) listener(line)
    },
    onLine: (listener) => void listeners.push(listener),
    reach: (count) =>
      new Promise((resolve) => {
        const look = () => lines.length >= count && resolve()
        listeners.push(look)
        look()
      }),
  }
}
