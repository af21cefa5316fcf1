/** Stops one sender while any of several causes holds, and lets it go on when none does. */
export interface Throttle {
  hold(cause: string, held: boolean): void
  isHeld(): boolean
  /** Holds from `high` on until the amount is down to `low`. */
  measure(cause: string, amount: number, limits: { readonly high: number; readonly low: number }): void
}

export function createThrottle(onChange: (paused: boolean) => void): Throttle {
  const causes = new Set<string>()
  const hold = (cause: string, held: boolean): void => {
    const before = causes.size > 0
    if (held) causes.add(cause)
    else causes.delete(cause)
    if (before !== causes.size > 0) onChange(causes.size > 0)
  }
  return {
    hold,
    isHeld: () => causes.size > 0,
    measure(cause, amount, { high, low }) {
      if (amount >= high) hold(cause, true)
      else if (amount <= low) hold(cause, false)
    },
  }
}
