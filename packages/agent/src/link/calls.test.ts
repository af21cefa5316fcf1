import { type Call, MAX_CALLS } from '@muster/protocol/link'
import { expect, it } from 'vitest'
import { type Calls, createCalls } from './calls.ts'

const never = new AbortController().signal
const body = (value: object): Uint8Array => Buffer.from(JSON.stringify(value))

/** A link that keeps what is sent over it. */
function link(calls: Calls) {
  const sent: Call[] = []
  return { sent, hangUp: calls.connect((call) => void sent.push(call)) }
}

it('answers each call with its own answer, in whatever order they come', async () => {
  const calls = createCalls()
  const { sent } = link(calls)
  const both = [calls.call('One', {}, never), calls.call('Two', { a: 1 }, never)]
  const [one, two] = sent
  expect([one?.operation, two?.operation, String(two?.input)]).toEqual(['One', 'Two', '{"a":1}'])
  calls.answered({ id: two?.id ?? 0, status: 200, body: body({ two: true }) })
  calls.answered({
    id: one?.id ?? 0,
    status: 400,
    body: body({ __type: 'ParameterNotFound', message: 'none' }),
  })
  expect(await Promise.all(both)).toEqual([
    { ok: false, code: 'ParameterNotFound', message: 'none' },
    { ok: true, output: { two: true } },
  ])
})

it('waits for a link, and asks again over the next one what a lost link left without an answer', async () => {
  const calls = createCalls()
  const answer = calls.call('One', {}, never)
  const first = link(calls)
  expect(first.sent).toHaveLength(1)
  first.hangUp()
  const second = link(calls)
  expect(second.sent).toMatchObject([{ operation: 'One' }])
  calls.answered({ id: second.sent[0]?.id ?? 0, status: 200, body: body({}) })
  expect(await answer).toEqual({ ok: true, output: {} })
})

it('has no more calls under way than a link takes, and sends the next with each answer', async () => {
  const calls = createCalls()
  const { sent } = link(calls)
  const all = Array.from({ length: MAX_CALLS + 1 }, () => calls.call('One', {}, never))
  expect(sent).toHaveLength(MAX_CALLS)
  for (let index = 0; index <= MAX_CALLS; index++)
    calls.answered({ id: sent[index]?.id ?? 0, status: 200, body: body({ index }) })
  expect(await Promise.all(all)).toHaveLength(MAX_CALLS + 1)
})

it('says why there is no answer when a call is given up, and does not ask it again', async () => {
  const calls = createCalls()
  const stop = new AbortController()
  const waiting = calls.call('One', {}, stop.signal)
  stop.abort()
  await expect(waiting).rejects.toThrow('there is no link to the controller')

  const first = link(calls)
  const late = new AbortController()
  const unanswered = calls.call('Two', {}, late.signal)
  late.abort()
  await expect(unanswered).rejects.toThrow('the controller did not answer in time')
  first.hangUp()
  expect(link(calls).sent).toEqual([])
})

it('refuses what would wait behind too many others, and what no frame can hold', async () => {
  const calls = createCalls()
  const stop = new AbortController()
  const waiting = Array.from({ length: 64 }, () => calls.call('One', {}, stop.signal))
  await expect(calls.call('One', {}, never)).rejects.toThrow('64 calls wait already')
  stop.abort()
  await Promise.allSettled(waiting)
  await expect(calls.call('One', { text: 'x'.repeat(300_000) }, never)).rejects.toThrow('larger than a frame')
})
