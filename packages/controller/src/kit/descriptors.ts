import { readdir, readFile } from 'node:fs/promises'

/** Knows how many file descriptors this process has left, so that connections leave some for files. */
export interface Descriptors extends Disposable {
  /** Whether one more connection may take one; asked once for each connection that is opened. */
  take(): boolean
  /** Why no connection is taken now; undefined while there is room. */
  problem(): string | undefined
  /** Counts anew; done by itself every second. */
  measure(): Promise<void>
}

/** Open descriptors and how many there may be; undefined where the system does not say. */
export type CountDescriptors = () => Promise<{ readonly open: number; readonly limit: number } | undefined>

export interface DescriptorDeps {
  /** Told when they run short, and when there is room again. */
  readonly onChange: (isShort: boolean, open: number, limit: number) => void
  readonly count?: CountDescriptors
}

const EVERY_MS = 1000
/** Kept for files, the database and the log. */
const RESERVE = { least: 32, most: 512, share: 0.1 }

/** Starts counting; does not keep the process alive. */
export function createDescriptors({ onChange, count = countOwn }: DescriptorDeps): Descriptors {
  let measured = { open: 0, limit: Number.POSITIVE_INFINITY }
  let takenSince = 0
  let short = false

  const reserve = (): number =>
    Math.max(RESERVE.least, Math.min(RESERVE.most, Math.floor(measured.limit * RESERVE.share)))
  const hasRoom = (): boolean => measured.open + takenSince < measured.limit - reserve()

  function judge(): boolean {
    const isShort = !hasRoom()
    if (isShort !== short) {
      short = isShort
      onChange(isShort, measured.open + takenSince, measured.limit)
    }
    return !isShort
  }

  async function measure(): Promise<void> {
    const before = takenSince
    // Where none is left for counting, that is the count.
    const counted = await count().catch((error: unknown) => {
      if (!isExhausted(error)) throw error
      return { ...measured, open: measured.limit }
    })
    if (!counted) return
    measured = counted
    // What was taken while it counted may be in the count or not.
    takenSince -= before
    judge()
  }

  const timer = setInterval(() => {
    // What it said last stays true.
    measure().catch(() => {})
  }, EVERY_MS)
  timer.unref()
  return {
    take() {
      const room = judge()
      if (room) takenSince += 1
      return room
    },
    problem: () => (short ? 'file descriptors are short: no new connection is taken' : undefined),
    measure,
    [Symbol.dispose]: () => clearInterval(timer),
  }
}

const isExhausted = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EMFILE' || error.code === 'ENFILE')

async function countOwn(): Promise<{ open: number; limit: number } | undefined> {
  if (process.platform !== 'linux') return undefined
  const [open, limits] = await Promise.all([readdir('/proc/self/fd'), readFile('/proc/self/limits', 'utf8')])
  const limit = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1])
  return Number.isNaN(limit) ? undefined : { open: open.length, limit }
}
