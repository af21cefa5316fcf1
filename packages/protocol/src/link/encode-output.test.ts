import { expect, it } from 'vitest'
import { decodeFrame, FrameTooLarge } from './codec.ts'
import { encodeOutput, OUTPUT_HEAD_BYTES } from './encode-output.ts'
import { OUTPUT_PIECE_BYTES } from './limits.ts'

interface Ends {
  readonly end: boolean
  readonly dropped: number
}

const head = { invocationId: 'c-mi-1', step: 2, attempt: 1, stream: 'stderr', offset: 2 ** 40 } as const

it.each([0, 1, 127, 128, OUTPUT_PIECE_BYTES])('writes a piece of %i bytes that reads as any output frame', (length) => {
  const room = new Uint8Array(OUTPUT_HEAD_BYTES + OUTPUT_PIECE_BYTES)
  room.fill(7, OUTPUT_HEAD_BYTES)
  const message = encodeOutput({ ...head, end: true, dropped: 9 }, room, length)
  const decoded = decodeFrame(message)
  expect(decoded).toMatchObject({ ok: true, frame: { kind: 'output', output: { ...head, end: true, dropped: 9 } } })
  if (!decoded.ok || decoded.frame.kind !== 'output') throw new Error('no output frame')
  expect(Buffer.from(decoded.frame.output.data)).toEqual(Buffer.alloc(length, 7))
  expect(message.buffer).toBe(room.buffer)
})

it('leaves out data that the head brings along: what counts lies in the room', () => {
  const room = new Uint8Array(OUTPUT_HEAD_BYTES + 3).fill(7)
  const message = encodeOutput(
    { ...head, end: true, dropped: 0, data: new Uint8Array(300) } as typeof head & Ends,
    room,
    3,
  )
  const decoded = decodeFrame(message)
  expect(decoded.ok && decoded.frame.kind === 'output' && [...decoded.frame.output.data]).toEqual([7, 7, 7])
})

it('refuses a head that does not fit before the data', () => {
  const room = new Uint8Array(OUTPUT_HEAD_BYTES)
  const long = { ...head, invocationId: 'x'.repeat(OUTPUT_HEAD_BYTES), end: false, dropped: 0 }
  expect(() => encodeOutput(long, room, 0)).toThrow(FrameTooLarge)
})
