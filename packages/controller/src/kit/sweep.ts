/** Periodic work of a slice: finds in the store what a lost hint, a crash or a deadline left behind. */
export interface Sweep {
  readonly name: string
  readonly everyMs: number
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
  const timers = new Set<NodeJS.Timeout>()
  const rounds = new Set<Promise<void>>()

  const schedule = (sweep: Sweep, delayMs: number): void => {
    if (stop.signal.aborted) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      const round = runOnce(sweep, stop.signal, deps).finally(() => {
        rounds.delete(round)
        schedule(sweep, sweep.everyMs)
      })
      rounds.add(round)
    }, delayMs)
    timer.unref()
    timers.add(timer)
  }
  for (const sweep of sweeps) schedule(sweep, sweep.everyMs * deps.random())

  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      for (const timer of timers) clearTimeout(timer)
      await Promise.allSettled(rounds)
    },
  }
}

async function runOnce(sweep: Sweep, signal: AbortSignal, deps: SweepDeps): Promise<void> {
  try {
    await sweep.run(signal)
  } catch (error) {
    if (!signal.aborted) deps.onFailure(sweep.name, error)
  }
}
