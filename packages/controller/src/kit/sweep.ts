import { createTask } from 'node-cron'

/** Periodic work of a slice: finds in the store what a lost hint, a crash or a deadline left behind. */
export interface Sweep {
  readonly name: string
  /** A period in milliseconds, or cron fields (UTC) for what belongs to quiet hours. */
  readonly every: number | string
  /** One round; bounded, and safe to run again at once. The signal fires at shutdown. */
  run(signal: AbortSignal): Promise<void>
}

export interface SweepDeps {
  readonly onFailure: (sweep: string, error: unknown) => void
  /** A number in [0, 1) that spreads sweeps with the same period. */
  readonly random: () => number
}

/** Runs each sweep in its period, one round of a sweep at a time, until disposed; a round under way is waited for. */
export function startSweeps(sweeps: readonly Sweep[], deps: SweepDeps): AsyncDisposable {
  const stop = new AbortController()
  const rounds = new Set<Promise<void>>()
  const round = (sweep: Sweep): Promise<void> => {
    const running = runOnce(sweep, stop.signal, deps).finally(() => rounds.delete(running))
    rounds.add(running)
    return running
  }
  const timers = sweeps.map((sweep) =>
    typeof sweep.every === 'string'
      ? atCron(sweep.every, () => round(sweep))
      : atPeriod(sweep.every, deps.random(), () => round(sweep)),
  )
  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      for (const cancel of timers) cancel()
      await Promise.allSettled(rounds)
    },
  }
}

/** The next round begins a period after the last one ended. */
function atPeriod(periodMs: number, share: number, round: () => Promise<void>): () => void {
  let cancelled = false
  let timer: NodeJS.Timeout | undefined
  const wait = (ms: number): void => {
    if (cancelled) return
    timer = setTimeout(() => void round().finally(() => wait(periodMs)), ms)
    timer.unref()
  }
  wait(periodMs * share)
  return () => {
    cancelled = true
    clearTimeout(timer)
  }
}

function atCron(fields: string, round: () => Promise<void>): () => void {
  const task = createTask(fields, round, { timezone: 'UTC', noOverlap: true })
  void task.start()
  return () => void task.destroy()
}

async function runOnce(sweep: Sweep, signal: AbortSignal, deps: SweepDeps): Promise<void> {
  try {
    await sweep.run(signal)
  } catch (error) {
    if (!signal.aborted) deps.onFailure(sweep.name, error)
  }
}
