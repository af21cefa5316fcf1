import { OUTPUT_WINDOW_BYTES } from '@muster/protocol/link'
import { expect, it } from 'vitest'
import { createOutputLane } from './output-lane.ts'
import type { OutputStream } from './ports.ts'

function aStream(bytes: number, { ended = true, name = 'stdout' as const, sealedTo = 0 } = {}) {
  const sealed: [number, boolean][] = []
  const stream: OutputStream = {
    invocationId: 'i',
    step: 0,
    attempt: 1,
    stream: name,
    size: bytes,
    ended,
    dropped: 7,
    sealedTo,
    read: async (offset, into) => into.fill(offset % 251).length,
    sealed: async (offset, end) => void sealed.push([offset, end]),
  }
  return { stream, sealed }
}
const receipt = (received: number, sealed = received, ended = false) => ({
  invocationId: 'i',
  step: 0,
  attempt: 1,
  stream: 'stdout' as const,
  received,
  sealed,
  ended,
})

it('stops when the window is full and goes on after a receipt', async () => {
  const { stream } = aStream(1024 * 1024)
  const lane = createOutputLane(async () => [stream])
  let sent = 0
  const fill = async (): Promise<number> => {
    for (let next = await lane.next(); next; next = await lane.next()) sent += next.data.length
    return sent
  }
  const first = await fill()
  expect(first).toBe(16 * 1024)
  // Each receipt that comes at once doubles what may be under way, up to its bound.
  for (let received = first; received < 8 * OUTPUT_WINDOW_BYTES; received = await fill()) {
    if (received >= stream.size) break
    await lane.receipted(receipt(received, 0))
    expect((await fill()) - received).toBeLessThanOrEqual(OUTPUT_WINDOW_BYTES)
  }
  expect(sent).toBe(stream.size)
})

it('sees a new stream while a long one is being sent', async () => {
  let now = 0
  const long = aStream(64 * 1024 * 1024).stream
  const streams = [long]
  const lane = createOutputLane(
    async () => streams,
    () => now,
  )
  const receipted = async (): Promise<string> => {
    const next = await lane.next()
    if (next === undefined) throw new Error('nothing was sent')
    await lane.receipted({ ...receipt(next.offset + next.data.length), stream: next.stream })
    now += 1
    return next.stream
  }
  await receipted()
  streams.push({ ...aStream(10).stream, stream: 'stderr' as const })
  const turns: string[] = []
  for (let piece = 0; piece < 40; piece++) turns.push(await receipted())
  expect(turns).toContain('stderr')
})

it('says the end once, with what was dropped, also for an empty stream', async () => {
  const { stream } = aStream(0)
  const lane = createOutputLane(async () => [stream])
  expect(await lane.next()).toMatchObject({ offset: 0, end: true, dropped: 7 })
  expect(await lane.next()).toBeUndefined()
})

it('hands on what is sealed', async () => {
  const { stream, sealed } = aStream(10)
  const lane = createOutputLane(async () => [stream])
  await lane.next()
  await lane.receipted(receipt(10, 4))
  await lane.receipted(receipt(10, 10, true))
  expect(sealed).toEqual([
    [4, false],
    [10, true],
  ])
})

it('begins a new link at what is sealed', async () => {
  const { stream } = aStream(100, { sealedTo: 40 })
  expect((await createOutputLane(async () => [stream]).next())?.offset).toBe(40)
})

it('takes streams in turn', async () => {
  const out = aStream(1024 * 1024).stream
  const error = { ...aStream(1024 * 1024).stream, stream: 'stderr' as const }
  const lane = createOutputLane(async () => [out, error])
  const turns: string[] = []
  for (let turn = 0; turn < 4; turn++) {
    const next = await lane.next()
    if (next === undefined) throw new Error('nothing was sent')
    turns.push(next.stream)
    await lane.receipted({ ...receipt(next.offset + next.data.length), stream: next.stream })
  }
  expect(turns).toEqual(['stdout', 'stderr', 'stdout', 'stderr'])
})

it('ends a stream where its file ends, and counts the rest as dropped', async () => {
  const { stream } = aStream(100)
  const cut = { ...stream, read: async (offset: number, into: Uint8Array) => Math.min(into.length, 60 - offset) }
  const lane = createOutputLane(async () => [cut])
  expect(await lane.next()).toMatchObject({ offset: 0, end: false, data: { length: 60 } })
  expect(await lane.next()).toMatchObject({ offset: 60, end: true, dropped: 47, data: { length: 0 } })
  expect(await lane.next()).toBeUndefined()
})

it('does not send again what an earlier link has brought', async () => {
  const { stream } = aStream(1024 * 1024)
  const lane = createOutputLane(async () => [stream])
  await lane.next()
  await lane.receipted(receipt(300_000, 300_000))
  expect((await lane.next())?.offset).toBe(300_000)
})
