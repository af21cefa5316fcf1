import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeFrame, type Frame } from '@muster/protocol/link'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Database, openDatabase } from '#db/index.ts'
import type { OutputProgress } from './link.ts'
import { openHub } from './testing/open-hub.ts'
import { aHello, aRecord, openGreetedLink, openRawLink } from './testing/raw-link.ts'

let folder: string
let db: Database
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-hub-'))
  db = await openDatabase(`sqlite:${join(folder, 'muster.db')}`, {
    readers: 1,
    onFatal(error) {
      throw error
    },
  })
})
afterAll(async () => {
  await db[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const turn = () => new Promise((resolve) => setImmediate(resolve))
const aCall = (id: number): Frame => ({
  kind: 'call',
  call: { id, operation: 'GetDocument', input: Buffer.from('{}') },
})
const anOutput = (offset: number, bytes: number, end = false): Frame => ({
  kind: 'output',
  output: {
    invocationId: 'i',
    step: 0,
    attempt: 1,
    stream: 'stdout',
    offset,
    data: Buffer.alloc(bytes, 'x'),
    end,
    dropped: 0,
  },
})
const answers = (frames: readonly Frame[]) =>
  frames.flatMap((frame) =>
    frame.kind === 'answer'
      ? [{ id: frame.answer.id, status: frame.answer.status, body: Buffer.from(frame.answer.body).toString() }]
      : [],
  )

it('answers eight calls at once and throttles the ninth, which takes no slot', async () => {
  const released = Promise.withResolvers<void>()
  const call = async () => {
    await released.promise
    return { status: 200, body: Buffer.from('{}') }
  }
  await using opened = openHub(db, {}, { call })
  const link = await openGreetedLink(opened.hub)
  for (let id = 1; id <= 9; id++) link.frame(aCall(id))
  expect(answers(link.sent)).toEqual([
    { id: 9, status: 400, body: '{"__type":"ThrottlingException","message":"A link has at most 8 calls under way."}' },
  ])
  released.resolve()
  await turn()
  link.frame(aCall(10))
  await turn()
  expect(answers(link.sent).map(({ id, status }) => [id, status])).toEqual([
    [9, 400],
    ...[1, 2, 3, 4, 5, 6, 7, 8, 10].map((id) => [id, 200]),
  ])
})

it('answers a call that fails inside without saying why, and one that is too large for a frame with a clear error', async () => {
  const bodies = [new Error('secret'), Buffer.alloc(262_144)]
  const call = async () => {
    const next = bodies.shift()
    if (next instanceof Error || !next) throw next
    return { status: 200, body: next }
  }
  await using opened = openHub(db, {}, { call })
  const link = await openGreetedLink(opened.hub)
  link.frame(aCall(1))
  await turn()
  link.frame(aCall(2))
  await turn()
  expect(answers(link.sent)).toEqual([
    { id: 1, status: 500, body: '{"__type":"InternalServerError","message":"The call failed inside the controller."}' },
    {
      id: 2,
      status: 413,
      body: '{"__type":"RequestEntityTooLargeException","message":"The answer of 262144 bytes is larger than a frame of 262144; ask for less."}',
    },
  ])
})

it('takes output one piece at a time, holds the sender meanwhile, and gives one receipt for several pieces', async () => {
  const waiting: ((progress: OutputProgress) => void)[] = []
  await using opened = openHub(db, {}, { output: () => new Promise((resolve) => waiting.push(resolve)) })
  const link = await openGreetedLink(opened.hub)
  for (let piece = 0; piece < 8; piece++) link.frame(anOutput(piece * 131_072, 131_072, piece === 7))
  expect(waiting).toHaveLength(1)
  expect(link.paused).toEqual([true])
  for (let piece = 0; piece < 8; piece++) {
    waiting[piece]?.({ received: (piece + 1) * 131_072, sealed: 0 })
    await turn()
  }
  expect(link.paused).toEqual([true, false])
  const receipts = link.sent.flatMap((frame) => (frame.kind === 'outputReceipt' ? [frame.outputReceipt.received] : []))
  expect(receipts).toEqual([2 * 131_072, 4 * 131_072, 6 * 131_072, 8 * 131_072])
  link.frame(anOutput(8 * 131_072, 10))
  expect(waiting).toHaveLength(9)
})

it('ends the link when a piece cannot be taken', async () => {
  await using opened = openHub(db, {}, { output: () => Promise.reject(new Error('disk')) })
  const link = await openGreetedLink(opened.hub)
  link.frame(anOutput(0, 10))
  expect(await link.ended()).toBe('unavailable')
})

it('holds a sender of 1,000 uncommitted records until half of them are committed', async () => {
  await using opened = openHub(db)
  const link = await openGreetedLink(opened.hub, 1, { journalId: 'journal-held' })
  for (let number = 1; number <= 1000; number++) link.frame(aRecord(number, { journalId: 'journal-held' }))
  expect(link.paused).toEqual([true])
  for (let from = 0; ; from++) {
    const { recordReceipt } = await link.next('recordReceipt', from)
    if (recordReceipt.number === 1000) break
  }
  expect(link.paused).toEqual([true, false])
})

it('takes far more than it may have waiting, from links that go on sending while they are held', async () => {
  await using opened = openHub(db)
  const keys = Array.from({ length: 25 }, (_, index) => 100 + index)
  const links = await Promise.all(keys.map((key) => openGreetedLink(opened.hub, key)))
  for (const link of links) for (let number = 1; number <= 1000; number++) link.frame(aRecord(number))
  for (const link of links) {
    for (let from = 0; ; from++) {
      const { recordReceipt } = await link.next('recordReceipt', from)
      if (recordReceipt.number === 1000) break
    }
    expect(link.closed).toEqual([])
    expect(link.paused.at(-1)).toBe(false)
  }
  expect(opened.recording.applied).toHaveLength(25_000)
  expect(opened.hub.stats().records).toBe(25_000)
})

it('sends receipts and heartbeat answers urgently, work and answers in bulk', async () => {
  await using opened = openHub(db)
  const link = await openGreetedLink(opened.hub)
  link.frame({ kind: 'heartbeat', heartbeat: { sequence: 5, running: 0, degraded: false, degradedReason: '' } })
  opened.hub.find(1)?.send({ kind: 'cancel', cancel: { invocationId: 'i' } })
  const lanes = Object.fromEntries(link.sent.map(({ kind }, index) => [kind, link.lanes[index]]))
  expect(lanes).toEqual({ welcome: 'urgent', heartbeatAnswer: 'urgent', cancel: 'bulk' })
  const { heartbeatAnswer } = await link.next('heartbeatAnswer')
  expect(heartbeatAnswer).toEqual({ sequence: 5, controllerTime: opened.clock.now(), heartbeatMs: 30_000 })
})

it('closes a link whose transport takes no more, and says false to who sent', async () => {
  await using opened = openHub(db)
  let takes = true
  const link = openRawLink(opened.hub, 1, () => takes)
  link.frame(aHello())
  await link.next('welcome')
  takes = false
  const open = opened.hub.find(1)
  expect(open?.send({ kind: 'cancel', cancel: { invocationId: 'i' } })).toBe(false)
  // It is sent again, by this link if there is room by then.
  expect(link.closed).toEqual([])
  expect(open?.send({ kind: 'recordReceipt', recordReceipt: { journalId: 'journal-1', number: 1 } })).toBe(false)
  expect(link.closed).toEqual(['slow-reader'])
  expect(opened.hub.find(1)).toBeUndefined()
})

it('cuts a node whether its link is open or still joining', async () => {
  await using opened = openHub(db)
  const open = await openGreetedLink(opened.hub)
  const joining = openRawLink(opened.hub, 1)
  const other = await openGreetedLink(opened.hub, 2)
  opened.hub.cut(1, 'deregistered')
  expect([open.closed, joining.closed, other.closed]).toEqual([['deregistered'], ['deregistered'], []])
  expect(await open.next('goodbye')).toEqual({
    kind: 'goodbye',
    goodbye: { reason: 'deregistered', retryAfterMs: 0 },
  })
})

it('is not troubled by any bytes on any link: others go on, nothing throws', async () => {
  await using opened = openHub(db)
  const honest = await openGreetedLink(opened.hub, 1, { journalId: 'honest' })
  const message = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    fc.record({ at: fc.nat(200), value: fc.nat(255), number: fc.nat(20) }).map(({ at, value, number }) => {
      const bytes = Uint8Array.from(encodeFrame(aRecord(number + 1)))
      bytes[at % bytes.length] = value
      return bytes
    }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 20 }), async (messages) => {
      const hostile = await openGreetedLink(opened.hub, 66)
      for (const bytes of messages) hostile.bytes(bytes)
      hostile.gone()
    }),
    { numRuns: 100 },
  )
  honest.frame(aRecord(1, { journalId: 'honest' }))
  await honest.next('recordReceipt')
  expect(opened.recording.applied.filter(({ nodeKey }) => nodeKey === 1)).toHaveLength(1)
  expect(opened.recording.applied.every(({ nodeKey }) => nodeKey === 1 || nodeKey === 66)).toBe(true)
})
