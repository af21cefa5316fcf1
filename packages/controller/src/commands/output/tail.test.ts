import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { BLOCK_BYTES, createBlocks } from './blocks.ts'
import { appendPiece, createTail, forgetSealed, openParts, sliceTail } from './tail.ts'

function openTail() {
  const blocks = createBlocks(16 * BLOCK_BYTES)
  const tail = createTail({ commandKey: 1, nodeKey: 1, step: 0, stream: 'stdout' }, 1, 0, 0)
  return {
    ...{ blocks, tail },
    append: (data: Uint8Array) => appendPiece(tail, tail.received, data, blocks),
    forget: (length: number) => forgetSealed(tail, length, blocks),
    open: () => Buffer.concat(openParts(tail)),
    /** Memory that the open part takes. */
    taken: () => tail.chunks.reduce((sum, { bytes }) => sum + bytes.length, 0),
  }
}

it.each([1, 100, 20_000, 40_000, 128 * 1024])('keeps what comes in pieces of %i bytes', (size) => {
  const { tail, append, forget, open } = openTail()
  const bytes = randomBytes(10 * size)
  for (let at = 0; at < bytes.length; at += size) append(bytes.subarray(at, at + size))
  expect(open().equals(bytes)).toBe(true)
  expect(Buffer.from(sliceTail(tail, size, 3 * size)).equals(bytes.subarray(size, 4 * size))).toBe(true)
  const half = Math.floor(bytes.length / 2) + 1
  forget(half)
  expect(open().equals(bytes.subarray(half))).toBe(true)
  expect(tail).toMatchObject({ sealed: half, received: bytes.length })
})

it('keeps none of the memory that a piece came in', () => {
  const { append, open } = openTail()
  const piece = randomBytes(100_000)
  const copy = Buffer.from(piece)
  append(piece)
  piece.fill(0)
  expect(open().equals(copy)).toBe(true)
})

it('leaves bytes that are being stored as they are while more comes', () => {
  const { tail, append, forget } = openTail()
  append(randomBytes(70_000))
  const stored = openParts(tail)
  const before = Buffer.concat(stored)
  append(randomBytes(70_000))
  expect(Buffer.concat(stored).equals(before)).toBe(true)
  forget(70_000)
  expect(tail).toMatchObject({ sealed: 70_000, received: 140_000 })
})

it('uses a block again once its bytes are durable', () => {
  const { blocks, tail, append, forget } = openTail()
  append(randomBytes(BLOCK_BYTES))
  const [first] = tail.chunks
  forget(BLOCK_BYTES)
  append(randomBytes(BLOCK_BYTES))
  expect(tail.chunks[0]?.bytes).toBe(first?.bytes)
  expect(blocks.take()).not.toBe(first?.bytes)
})

it('takes no more than three times its bytes, and a short stream no block', () => {
  const { append, taken, tail } = openTail()
  append(randomBytes(50))
  expect(taken()).toBe(50)
  for (let line = 0; line < 10_000; line++) append(randomBytes(50))
  expect(taken()).toBeLessThanOrEqual(3 * tail.received)
  expect(tail.chunks.length).toBeLessThan(50)
})
