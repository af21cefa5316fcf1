import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideArrival, decideDue, type NodeSituation, RECEIPT_GRACE_MS } from './decide.ts'
import type { OpenRow } from './open-rows.ts'

const deadlines = { deliverBy: 100_000, expiresAt: 200_000, isStopped: false }
const aRow = (changes: Partial<OpenRow> = {}): OpenRow => ({
  commandKey: 1,
  nodeKey: 1,
  state: 'Pending',
  terminal: false,
  running: true,
  releasedAt: 10_000,
  receivedAt: null,
  startedAt: null,
  cancelRequestedAt: null,
  nextAttemptAt: 15_000,
  attempts: 1,
  ...changes,
})
const online = (changes: Partial<NodeSituation> = {}): NodeSituation => ({
  connected: true,
  since: 5_000,
  holds: false,
  journalSince: 0,
  ...changes,
})
const offline: NodeSituation = { connected: false, since: 0, holds: false, journalSince: 0 }

test('what was never handed over is missed at the deadline and not before', () => {
  const waiting = aRow({ releasedAt: null, running: false, nextAttemptAt: null, attempts: 0 })
  expect(decideDue(waiting, offline, deadlines, 99_999)).toEqual({ kind: 'none' })
  expect(decideDue(waiting, offline, deadlines, 100_000)).toMatchObject({
    state: 'DeliveryTimedOut',
    reason: 'DeliveryTimedOut',
  })
})

test('work without a receipt is sent again to a connected node, more and more rarely', () => {
  expect(decideDue(aRow(), online(), deadlines, 14_999)).toEqual({ kind: 'none' })
  expect(decideDue(aRow(), online(), deadlines, 15_000)).toMatchObject({
    kind: 'send',
    frame: 'work',
    row: { attempts: 2, nextAttemptAt: 25_000 },
  })
  expect(decideDue(aRow(), offline, deadlines, 15_000)).toEqual({ kind: 'none' })
})

test('work is never sent after its deadline', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100_000, max: 400_000 }), fc.boolean(), (at, connected) => {
      const verdict = decideDue(aRow(), { ...online(), connected }, deadlines, at)
      expect(verdict.kind === 'send' && verdict.frame === 'work').toBe(false)
      expect(decideArrival(aRow(), online({ since: at }), deadlines, at)).not.toMatchObject({ kind: 'send' })
    }),
  )
})

test('a connected node without the work has missed it once a receipt cannot come any more', () => {
  const until = 100_000 + RECEIPT_GRACE_MS
  expect(decideDue(aRow(), online(), deadlines, until - 1)).toEqual({ kind: 'none' })
  expect(decideDue(aRow(), online(), deadlines, until)).toMatchObject({ reason: 'DeliveryTimedOut' })
  expect(decideDue(aRow(), online({ since: 110_000 }), deadlines, until)).toEqual({ kind: 'none' })
})

test('a node that was handed work and vanished is unknown, and only past expiry', () => {
  for (const row of [aRow(), aRow({ receivedAt: 11_000 }), aRow({ receivedAt: 11_000, startedAt: 12_000 })]) {
    expect(decideDue(row, offline, deadlines, 199_999)).toEqual({ kind: 'none' })
    expect(decideDue(row, offline, deadlines, 200_000)).toMatchObject({
      state: 'DeliveryTimedOut',
      reason: 'SilentPastExpiry',
    })
  }
})

test('a node that still reports is never expired', () => {
  const row = aRow({ receivedAt: 11_000, startedAt: 12_000, nextAttemptAt: null })
  expect(decideDue(row, online({ holds: true }), deadlines, 9_000_000)).toEqual({ kind: 'none' })
  expect(decideDue(row, online({ holds: false }), deadlines, 200_000)).toMatchObject({ reason: 'SilentPastExpiry' })
})

test('a cancel is repeated until the result', () => {
  const row = aRow({ receivedAt: 11_000, startedAt: 12_000, cancelRequestedAt: 14_000, state: 'Cancelling' })
  expect(decideDue(row, online({ holds: true }), deadlines, 15_000)).toMatchObject({ kind: 'send', frame: 'cancel' })
})

test('a node that comes back without its work gets it again', () => {
  const back = online({ since: 20_000 })
  expect(decideArrival(aRow(), back, deadlines, 20_000)).toMatchObject({
    kind: 'send',
    frame: 'work',
    row: { attempts: 2 },
  })
  const lostJournal = aRow({ receivedAt: 11_000, state: 'InProgress' })
  expect(decideArrival(lostJournal, back, deadlines, 20_000)).toMatchObject({
    frame: 'work',
    row: { receivedAt: null, state: 'Pending' },
  })
})

test('what a lost journal knew is over at once, whether it was seen to start or not, and never sent again', () => {
  const back = online({ since: 20_000, journalSince: 20_000 })
  const lost = { kind: 'end', state: 'Failed', reason: 'JournalDamaged' }
  const rows = [aRow(), aRow({ receivedAt: 11_000 }), aRow({ receivedAt: 11_000, startedAt: 12_000 })]
  expect(rows.map((row) => decideArrival(row, back, deadlines, 20_000))).toEqual([lost, lost, lost])
  expect(decideArrival(aRow(), { ...back, holds: true }, deadlines, 20_000)).toMatchObject({ kind: 'received' })
  expect(decideArrival(aRow({ releasedAt: null }), back, deadlines, 20_000)).toEqual({ kind: 'none' })
})

test('a step that was seen to start is never sent again', () => {
  const begun = aRow({ receivedAt: 11_000, startedAt: 12_000 })
  expect(decideArrival(begun, online({ since: 20_000 }), deadlines, 20_000)).toEqual({ kind: 'none' })
  fc.assert(
    fc.property(
      fc.nat(300_000),
      fc.boolean(),
      fc.boolean(),
      fc.option(fc.nat(300_000)),
      (at, connected, holds, cancelled) => {
        const row = aRow({ receivedAt: 11_000, startedAt: 12_000, cancelRequestedAt: cancelled })
        for (const decide of [decideDue, decideArrival]) {
          const verdict = decide(row, { connected, since: at, holds, journalSince: 0 }, deadlines, at)
          expect(verdict.kind === 'send' && verdict.frame === 'work').toBe(false)
        }
      },
    ),
  )
})

test('a lost receipt is made good by what the node holds', () => {
  const back = online({ since: 20_000, holds: true })
  expect(decideArrival(aRow(), back, deadlines, 20_000)).toMatchObject({
    kind: 'received',
    row: { receivedAt: 20_000, state: 'InProgress', nextAttemptAt: null },
  })
})

test('a cancel that never reached the work ends it; one that may have is sent again', () => {
  const cancelled = aRow({ cancelRequestedAt: 14_000, state: 'Cancelling' })
  expect(decideArrival(cancelled, online({ since: 20_000 }), deadlines, 20_000)).toMatchObject({ state: 'Cancelled' })
  expect(decideArrival(cancelled, online({ since: 20_000, holds: true }), deadlines, 20_000)).toMatchObject({
    frame: 'cancel',
  })
})

test('what the new link itself brought is left alone', () => {
  expect(decideArrival(aRow({ releasedAt: 20_001 }), online({ since: 20_000 }), deadlines, 20_002)).toEqual({
    kind: 'none',
  })
})

test('once the errors are too many, work that never arrived is not sent again, and is over when its node says so', () => {
  const stopped = { ...deadlines, isStopped: true }
  expect(decideDue(aRow(), online(), stopped, 15_000)).toEqual({ kind: 'none' })
  const over = { kind: 'end', state: 'Terminated', reason: 'ErrorLimitReached' }
  expect(decideArrival(aRow(), online({ since: 20_000 }), stopped, 20_000)).toEqual(over)
  // What a node holds may have begun: it is left to report.
  expect(decideArrival(aRow(), online({ since: 20_000, holds: true }), stopped, 20_000)).toMatchObject({
    kind: 'received',
  })
})
