import type { Frame } from '@muster/protocol/link'
import { describe, expect, it } from 'vitest'
import { advanceSession, beginSession, type SessionEvent, type SessionState, silenceMs } from './session.ts'
import { aHello, aRecord } from './testing/raw-link.ts'

const message = (frame: Frame, at = 0): SessionEvent => ({ kind: 'message', decoded: { ok: true, frame }, at })
const kinds = (state: SessionState, event: SessionEvent) =>
  advanceSession(state, event).effects.map((effect) => (effect.kind === 'end' ? effect.reason : effect.kind))
const after = (state: SessionState, ...events: SessionEvent[]) =>
  events.reduce((current, event) => advanceSession(current, event).state, state)

const fresh = beginSession(0, 30_000)
const open = after(fresh, message(aHello()), { kind: 'joined', receivedRecord: 5 })
const beat: Frame = { kind: 'heartbeat', heartbeat: { sequence: 1, running: 0, degraded: false, degradedReason: '' } }
const call: Frame = { kind: 'call', call: { id: 1, operation: 'GetDocument', input: new Uint8Array(0) } }

describe('a session', () => {
  it('joins at the first hello and ends at a second one', () => {
    expect(kinds(fresh, message(aHello()))).toEqual(['join'])
    expect(kinds(after(fresh, message(aHello())), message(aHello()))).toEqual(['bad-frame'])
    expect(kinds(open, message(aHello()))).toEqual(['bad-frame'])
  })

  it('takes nothing but a hello and heartbeats before the welcome', () => {
    expect(kinds(fresh, message(beat))).toEqual(['beat'])
    expect(kinds(fresh, message(aRecord(6)))).toEqual(['bad-frame'])
    expect(kinds(after(fresh, message(aHello())), message(call))).toEqual(['bad-frame'])
  })

  it('ends when no hello comes within ten seconds', () => {
    expect(kinds(fresh, { kind: 'tick', at: 9_999 })).toEqual([])
    expect(kinds(fresh, { kind: 'tick', at: 10_000 })).toEqual(['no-hello'])
  })

  it('counts any frame as a sign of life, and ends after twice the period and 15 seconds of silence', () => {
    expect(silenceMs(30_000)).toBe(75_000)
    const heard = after(open, message(aRecord(6), 50_000))
    expect(kinds(heard, { kind: 'tick', at: 124_999 })).toEqual([])
    expect(kinds(heard, { kind: 'tick', at: 125_000 })).toEqual(['silent'])
  })

  it('does not take its own pause for silence', () => {
    const paused = after(open, { kind: 'paused', paused: true, at: 1_000 })
    expect(kinds(paused, { kind: 'tick', at: 500_000 })).toEqual([])
    const resumed = after(paused, { kind: 'paused', paused: false, at: 500_000 })
    expect(kinds(resumed, { kind: 'tick', at: 574_999 })).toEqual([])
    expect(kinds(resumed, { kind: 'tick', at: 575_000 })).toEqual(['silent'])
  })

  it('takes records above the last one, gaps allowed, and treats the others as repeated', () => {
    expect(kinds(open, message(aRecord(5)))).toEqual(['repeated'])
    expect(kinds(open, message(aRecord(9)))).toEqual(['record'])
    expect(kinds(after(open, message(aRecord(9))), message(aRecord(9)))).toEqual(['repeated'])
  })

  it('ends at a record of another journal than the hello named', () => {
    expect(kinds(open, message(aRecord(6, { journalId: 'journal-2' })))).toEqual(['other-journal'])
  })

  it('lets eight calls be under way and refuses the ninth', () => {
    const busy = after(open, ...Array.from({ length: 8 }, () => message(call)))
    expect(kinds(busy, message(call))).toEqual(['refuse-call'])
    expect(kinds(after(busy, { kind: 'answered' }), message(call))).toEqual(['call'])
  })

  it('skips frames of a newer agent and ends at malformed ones', () => {
    const unknown = { ok: false, kind: 'unknown', problem: 'kind 99' } as const
    const malformed = { ok: false, kind: 'malformed', problem: 'no frame' } as const
    expect(kinds(open, { kind: 'message', decoded: unknown, at: 0 })).toEqual(['unknown'])
    expect(kinds(open, { kind: 'message', decoded: malformed, at: 0 })).toEqual(['bad-frame'])
  })

  it('ends at a frame that only the controller sends', () => {
    expect(kinds(open, message({ kind: 'cancel', cancel: { invocationId: 'x' } }))).toEqual(['bad-frame'])
  })

  it('does nothing more once it is over', () => {
    const over = after(open, message(aHello()))
    expect(kinds(over, message(aRecord(6)))).toEqual([])
    expect(kinds(over, { kind: 'tick', at: 1e9 })).toEqual([])
  })
})
