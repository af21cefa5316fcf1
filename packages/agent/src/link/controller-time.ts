import type { Clock } from '@muster/protocol/kit'

/** The controller's clock as this host sees it: an offset kept over monotonic time, so that a wrong or jumping host clock moves no deadline. */
export interface ControllerTime {
  /** Milliseconds since the epoch by the controller; the host's own clock until the first answer. */
  now(): number
  learn(controllerTime: number): void
}

export function createControllerTime(clock: Clock): ControllerTime {
  let learnt: { readonly time: number; readonly at: number } | undefined
  return {
    now: () => (learnt === undefined ? clock.now() : learnt.time + (clock.monotonic() - learnt.at)),
    learn(time) {
      learnt = { time, at: clock.monotonic() }
    },
  }
}
