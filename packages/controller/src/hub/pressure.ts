import type { Throttle } from './throttle.ts'

/** How much of all links waits for its commit: above a bound, who sends more is held until half of it is done. */
export interface Pressure {
  enter(sender: Throttle): void
  leave(): void
}

export function createPressure(bound: number): Pressure {
  const held = new Set<Throttle>()
  let waiting = 0
  return {
    enter(sender) {
      waiting += 1
      if (waiting <= bound || held.has(sender)) return
      held.add(sender)
      sender.hold('store', true)
    },
    leave() {
      waiting -= 1
      if (waiting > bound / 2) return
      const released = [...held]
      held.clear()
      // Who goes on may be held again at once.
      for (const sender of released) sender.hold('store', false)
    },
  }
}
