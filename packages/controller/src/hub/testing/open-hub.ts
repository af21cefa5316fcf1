import { createManualClock, type ManualClock } from '@muster/protocol/kit'
import type { Database } from '#db/index.ts'
import { silentLog } from '#kit/logging.ts'
import type { HubDeps } from '../deps.ts'
import { createHub, type HubService } from '../hub.ts'
import type { Receivers } from '../link.ts'
import { createRecording, type Recording } from './recording.ts'

export interface OpenHub extends AsyncDisposable {
  readonly hub: HubService
  readonly recording: Recording
  readonly clock: ManualClock
}

/** A hub over a real store with a clock that stands still and receivers that note what comes. */
export function openHub(db: Database, deps: Partial<HubDeps> = {}, receivers: Partial<Receivers> = {}): OpenHub {
  const clock = createManualClock(1_800_000_000_000)
  const recording = createRecording(receivers)
  const hub = createHub({
    db,
    clock,
    home: { accountId: '123456789012', region: 'us-east-1' },
    controllerId: 'controller-1',
    random: () => 0.5,
    log: silentLog,
    ...deps,
  })
  hub.attach({ receivers: recording, presence: recording })
  return { hub, recording, clock, [Symbol.asyncDispose]: () => hub[Symbol.asyncDispose]() }
}
