import type { ReleasePlan, RolloutState } from './port.ts'

/** Decides what a piece of work does next: as many targets as there are free slots, at once; nothing past the error limit. */
export function planRelease(state: RolloutState): ReleasePlan {
  if (state.cancelled) return { kind: 'wait', reason: 'NothingWaiting' }
  if (state.errors > state.errorLimit) return { kind: 'stop', reason: 'ErrorLimitReached' }
  const free = state.concurrencyLimit - state.running
  if (state.ready.length > 0) {
    return free > 0
      ? { kind: 'release', targets: state.ready.slice(0, free) }
      : { kind: 'wait', reason: 'WaitingForSlot' }
  }
  return { kind: 'wait', reason: state.offline ? 'NodeOffline' : 'NothingWaiting' }
}
