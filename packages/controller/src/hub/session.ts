import {
  AGENT_FRAMES,
  type Call,
  type Decoded,
  type EndReason,
  type Frame,
  type Heartbeat,
  type Hello,
  type LinkRecord,
  MAX_CALLS,
  type NewKey,
  type Output,
  type WorkReceipt,
} from '@muster/protocol/link'

/** What came in, or what the hub did about it. */
export type SessionEvent =
  | { readonly kind: 'message'; readonly decoded: Decoded; readonly at: number }
  | { readonly kind: 'joined'; readonly receivedRecord: number }
  | { readonly kind: 'held' }
  | { readonly kind: 'answered' }
  | { readonly kind: 'paused'; readonly paused: boolean; readonly at: number }
  | { readonly kind: 'tick'; readonly at: number }

/** What the hub shall do next. */
export type SessionEffect =
  | { readonly kind: 'join'; readonly hello: Hello }
  | { readonly kind: 'beat'; readonly beat: Heartbeat }
  | { readonly kind: 'record'; readonly record: LinkRecord }
  | { readonly kind: 'repeated' }
  | { readonly kind: 'receipt'; readonly receipt: WorkReceipt }
  | { readonly kind: 'output'; readonly output: Output }
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'refuse-call'; readonly call: Call }
  | { readonly kind: 'probed'; readonly nonce: number }
  | { readonly kind: 'kept'; readonly generation: number }
  | { readonly kind: 'new-key'; readonly newKey: NewKey }
  | { readonly kind: 'unknown'; readonly problem: string }
  | { readonly kind: 'end'; readonly reason: EndReason; readonly problem: string }

export interface SessionState {
  /** `held`: the node is in quarantine; what the link carries is heard and not taken. */
  readonly phase: 'greeting' | 'joining' | 'open' | 'held' | 'over'
  readonly openedAt: number
  readonly heardAt: number
  /** The period that the agent was told last. */
  readonly heartbeatMs: number
  readonly journalId: string
  /** Highest record number seen on this link or committed before it. */
  readonly lastRecord: number
  readonly calls: number
  readonly paused: boolean
}

export interface Step {
  readonly state: SessionState
  readonly effects: readonly SessionEffect[]
}

const HELLO_MS = 10_000
const GRACE_MS = 15_000

/** A link whose login was accepted and which has not said hello. Times are monotonic milliseconds. */
export const beginSession = (at: number, heartbeatMs: number): SessionState => ({
  phase: 'greeting',
  openedAt: at,
  heardAt: at,
  heartbeatMs,
  journalId: '',
  lastRecord: 0,
  calls: 0,
  paused: false,
})

/** The server's side of a link as a pure machine: what one event means, and what to do about it. */
export function advanceSession(state: SessionState, event: SessionEvent): Step {
  if (state.phase === 'over') return { state, effects: [] }
  switch (event.kind) {
    case 'message':
      return onMessage({ ...state, heardAt: event.at }, event.decoded)
    case 'joined':
      return stay({ ...state, phase: 'open', lastRecord: event.receivedRecord })
    case 'held':
      return stay({ ...state, phase: 'held' })
    case 'answered':
      return stay({ ...state, calls: state.calls - 1 })
    case 'paused':
      // What was not read was not silence.
      return stay({ ...state, paused: event.paused, heardAt: event.at })
    case 'tick':
      return onTick(state, event.at)
  }
}

/** Milliseconds of silence after which a link counts as lost. */
export const silenceMs = (heartbeatMs: number): number => 2 * heartbeatMs + GRACE_MS

const stay = (state: SessionState, ...effects: SessionEffect[]): Step => ({ state, effects })

const end = (state: SessionState, reason: EndReason, problem: string): Step =>
  stay({ ...state, phase: 'over' }, { kind: 'end', reason, problem })

function onTick(state: SessionState, at: number): Step {
  if (state.phase === 'greeting' && at - state.openedAt >= HELLO_MS)
    return end(state, 'no-hello', `no hello within ${HELLO_MS} ms`)
  const silence = at - state.heardAt
  if (!state.paused && silence >= silenceMs(state.heartbeatMs)) return end(state, 'silent', `silent for ${silence} ms`)
  return stay(state)
}

function onMessage(state: SessionState, decoded: Decoded): Step {
  if (!decoded.ok) {
    return decoded.kind === 'unknown'
      ? stay(state, { kind: 'unknown', problem: decoded.problem })
      : end(state, 'bad-frame', decoded.problem)
  }
  const { frame } = decoded
  if (!AGENT_FRAMES.has(frame.kind)) return end(state, 'bad-frame', `${frame.kind} comes from the controller only`)
  if (frame.kind === 'heartbeat') return stay(state, { kind: 'beat', beat: frame.heartbeat })
  if (frame.kind === 'hello') {
    return state.phase === 'greeting'
      ? stay({ ...state, phase: 'joining', journalId: frame.hello.journalId }, { kind: 'join', hello: frame.hello })
      : end(state, 'bad-frame', 'a second hello')
  }
  if (frame.kind === 'probeAnswer') return stay(state, { kind: 'probed', nonce: frame.probeAnswer.nonce })
  if (frame.kind === 'generationKept' && (state.phase === 'held' || state.phase === 'open'))
    return stay(state, { kind: 'kept', generation: frame.generationKept.generation })
  if (state.phase === 'held') return stay(state)
  if (state.phase !== 'open') return end(state, 'bad-frame', `${frame.kind} before the welcome`)
  return onFrame(state, frame)
}

function onFrame(state: SessionState, frame: Frame): Step {
  switch (frame.kind) {
    case 'record':
      return onRecord(state, frame.record)
    case 'workReceipt':
      return stay(state, { kind: 'receipt', receipt: frame.workReceipt })
    case 'output':
      return stay(state, { kind: 'output', output: frame.output })
    case 'newKey':
      return stay(state, { kind: 'new-key', newKey: frame.newKey })
    case 'call':
      return state.calls < MAX_CALLS
        ? stay({ ...state, calls: state.calls + 1 }, { kind: 'call', call: frame.call })
        : stay(state, { kind: 'refuse-call', call: frame.call })
    default:
      return end(state, 'bad-frame', `${frame.kind} has no place here`)
  }
}

function onRecord(state: SessionState, record: LinkRecord): Step {
  if (record.journalId !== state.journalId) return end(state, 'other-journal', `record of journal ${record.journalId}`)
  // Numbers ascend: what is not above the last one was committed or is under way, and its receipt may be lost.
  if (record.number <= state.lastRecord) return stay(state, { kind: 'repeated' })
  return stay({ ...state, lastRecord: record.number }, { kind: 'record', record })
}
