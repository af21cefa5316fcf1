import { readFileSync } from 'node:fs'

const SAMPLE_MS = 100
const MIB = 1024 * 1024

/** Watches how much memory a process has of its own. */
export interface MemoryWatch extends Disposable {
  /** MiB at the beginning. */
  readonly before: number
  /** Highest MiB since. */
  readonly peak: number
}

/** Samples until it is disposed of. */
export function watchMemory(pid: number): MemoryWatch {
  const before = readMemory(pid)
  let peak = before
  const timer = setInterval(() => {
    peak = Math.max(peak, readMemory(pid))
  }, SAMPLE_MS)
  return {
    before,
    get peak() {
      return peak
    },
    [Symbol.dispose]: () => clearInterval(timer),
  }
}

// Anonymous pages: files that are mapped or cached are the kernel's to take back.
function readMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kib = /^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]
  return (Number(kib ?? 0) * 1024) / MIB
}
