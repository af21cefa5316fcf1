import { createManualClock } from '@muster/protocol/kit'
import { decodeFrame, encodeFrame, type Frame, type FrameKind, type Welcome } from '@muster/protocol/link'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createNews } from '#kit/index.ts'
import { createControllerTime } from './controller-time.ts'
import type { Connection } from './dial.ts'
import type { LinkPorts } from './ports.ts'
import { runSession } from './session.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const WELCOME: Welcome = {
  linkVersion: 1,
  controllerTime: 5_000_000,
  heartbeatMs: 30_000,
  epoch: 1,
  receivedRecord: 0,
  accountId: '123456789012',
  region: 'us-east-1',
  controllerId: 'c',
  generation: 0,
  quarantined: false,
  dropUnstarted: false,
}

/** A session on a wire whose other end is the test. */
function startSession(
  ports: Partial<LinkPorts> = {},
  drained: Connection['drained'] = async () => {},
  longestBeatMs?: number,
) {
  const sent: Frame[] = []
  const closed = Promise.withResolvers<string>()
  let receive: (bytes: Uint8Array) => void = () => {}
  const connection: Connection = {
    send(bytes) {
      const decoded = decodeFrame(bytes)
      if (!decoded.ok) throw new Error(decoded.problem)
      sent.push(decoded.frame)
    },
    write: async () => {},
    drained,
    onMessage(take) {
      receive = take
    },
    closed: closed.promise,
    close: closed.resolve,
  }
  const clock = createManualClock(1_000)
  const time = createControllerTime(clock)
  const stop = new AbortController()
  const over = runSession(
    connection,
    {
      ports: {
        hello: async () => ({
          linkVersion: 1,
          agentVersion: '1.0.0',
          actions: [],
          host: {
            computerName: '',
            ipAddress: '',
            platformType: 'Linux',
            platformName: '',
            platformVersion: '',
            architecture: '',
          },
          bootId: 'b',
          journalId: 'j',
          lastRecord: 0,
          holding: [],
          policyMode: 'full',
          processId: 'process-1',
        }),
        heartbeat: () => ({ running: 2, degraded: false, degradedReason: '' }),
        work: { accept: async () => ({ known: false }), cancel: async () => {} },
        records: { news: createNews(), pending: async () => [], receipted: async () => {} },
        outputs: { news: createNews(), open: async () => [] },
        identity: {
          welcomed: async () => {},
          keep: async () => {},
          rotate: () => Promise.reject(new Error('no key')),
          adopt: async () => false,
        },
        ...ports,
      },
      time,
      log: pino({ level: 'silent' }),
      onWelcome: () => {},
      ...(longestBeatMs !== undefined && { longestBeatMs }),
    },
    stop.signal,
  )
  const frames = (kind: FrameKind) => sent.filter((frame) => frame.kind === kind)
  return {
    over,
    time,
    stop,
    frames,
    async get(frame: Frame) {
      receive(encodeFrame(frame))
      await vi.advanceTimersByTimeAsync(0)
    },
    hangUp: closed.resolve,
    async isOver() {
      let isOver = false
      void over.then(() => {
        isOver = true
      })
      await vi.advanceTimersByTimeAsync(0)
      return isOver
    },
  }
}

it('gives up a controller that never says welcome', async () => {
  const session = startSession()
  await vi.advanceTimersByTimeAsync(29_999)
  session.time.learn(0)
  expect([await session.isOver(), session.frames('hello')]).toMatchObject([false, [{}]])
  await vi.advanceTimersByTimeAsync(1)
  expect(await session.over).toMatchObject({ failure: 'silent', next: 'soon' })
})

it('beats at the controller’s period and gives up after twice the period and 15 seconds of silence', async () => {
  const session = startSession()
  await session.get({ kind: 'welcome', welcome: WELCOME })
  await vi.advanceTimersByTimeAsync(74_999)
  expect(session.frames('heartbeat')).toMatchObject([
    { heartbeat: { sequence: 1, running: 2 } },
    { heartbeat: { sequence: 2 } },
  ])
  expect(await session.isOver()).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(await session.over).toMatchObject({ failure: 'silent' })
  await vi.advanceTimersByTimeAsync(600_000)
  expect(session.frames('heartbeat')).toHaveLength(2)
})

it('beats more often than the controller asks where a proxy would cut what is idle', async () => {
  const session = startSession({}, undefined, 25_000)
  await session.get({ kind: 'welcome', welcome: { ...WELCOME, heartbeatMs: 300_000 } })
  await vi.advanceTimersByTimeAsync(75_000)
  expect(session.frames('heartbeat')).toHaveLength(3)
  session.hangUp('gone')
  await session.over
})

it('takes any frame for a sign of life, and a new period from the answer to a heartbeat', async () => {
  const session = startSession()
  await session.get({ kind: 'welcome', welcome: WELCOME })
  await vi.advanceTimersByTimeAsync(30_000)
  await session.get({
    kind: 'heartbeatAnswer',
    heartbeatAnswer: { sequence: 1, controllerTime: 5_030_000, heartbeatMs: 60_000 },
  })
  expect(session.time.now()).toBe(5_030_000)
  await vi.advanceTimersByTimeAsync(134_999)
  expect(await session.isOver()).toBe(false)
  await session.get({ kind: 'cancel', cancel: { invocationId: 'one' } })
  await vi.advanceTimersByTimeAsync(134_999)
  expect(await session.isOver()).toBe(false)
  session.hangUp('shutdown')
  expect(await session.over).toMatchObject({ failure: 'shutdown' })
})

it('keeps the controller’s own word for the end, with the time to come back at', async () => {
  const session = startSession()
  await session.get({ kind: 'welcome', welcome: WELCOME })
  await session.get({ kind: 'goodbye', goodbye: { reason: 'shutdown', retryAfterMs: 1234 } })
  session.hangUp('closed with code 1006')
  expect(await session.over).toMatchObject({ failure: 'shutdown', retryAfterMs: 1234, next: 'soon' })
})

it('closes the link and waits before the next when the agent itself fails', async () => {
  const cancel = () => Promise.reject(new Error('journal'))
  const session = startSession({ work: { accept: async () => ({ known: false }), cancel } })
  await session.get({ kind: 'welcome', welcome: WELCOME })
  await session.get({ kind: 'cancel', cancel: { invocationId: 'one' } })
  expect(await session.over).toMatchObject({ failure: 'own-failure', next: 'back-off', message: 'Error: journal' })
})

it('reads records in portions, and sends the next when the wire has taken the one before', async () => {
  const record = (number: number) => ({
    journalId: 'j',
    number,
    invocationId: `i${number}`,
    fact: { kind: 'started' as const, started: { step: 0, attempt: 1, at: 1, bootId: 'b' } },
  })
  const asked: number[] = []
  const taken = Promise.withResolvers<void>()
  const records: LinkPorts['records'] = {
    news: createNews(),
    async pending(after, limit) {
      asked.push(after)
      return Array.from({ length: Math.min(limit, 120 - after) }, (_, index) => record(after + index + 1))
    },
    receipted: async () => {},
  }
  const session = startSession({ records }, () => taken.promise)
  await session.get({ kind: 'welcome', welcome: { ...WELCOME, receivedRecord: 20 } })
  expect(session.frames('record')).toHaveLength(1)
  taken.resolve()
  await vi.advanceTimersByTimeAsync(0)
  expect(session.frames('record')).toHaveLength(100)
  expect(asked).toEqual([20, 70, 120])
  session.stop.abort()
  await session.over
})
