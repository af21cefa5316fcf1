import { expect, it } from 'vitest'
import { createOutbound, MAX_WAITING_BYTES } from './outbound.ts'

/** A wire whose peer reads only when the test says so. */
function slowWire() {
  const written: string[] = []
  const leaving: { readonly bytes: number; readonly done: () => void }[] = []
  const wire = {
    write(message: Uint8Array, done: () => void) {
      written.push(Buffer.from(message.subarray(0, 1)).toString())
      leaving.push({ bytes: message.length, done })
    },
    buffered: () => leaving.reduce((sum, { bytes }) => sum + bytes, 0),
  }
  return { wire, written, read: () => leaving.shift()?.done() }
}
const message = (name: string, bytes = 100 * 1024): Uint8Array => Buffer.alloc(bytes, name)

it('lets urgent messages overtake bulk that has not left, and keeps the order within a lane', () => {
  const { wire, written, read } = slowWire()
  const outbound = createOutbound(wire)
  for (const name of ['a', 'b', 'c', 'd']) outbound.send(message(name), 'bulk')
  outbound.send(message('1', 10), 'urgent')
  outbound.send(message('2', 10), 'urgent')
  for (let turn = 0; turn < 6; turn++) read()
  expect(written).toEqual(['a', 'b', '1', '2', 'c', 'd'])
})

it('takes nothing more once 4 MiB wait, of which 1 MiB is for urgent messages, and goes on when it is read', () => {
  const { wire, written, read } = slowWire()
  const outbound = createOutbound(wire)
  let taken = 0
  while (outbound.send(message('x'), 'bulk')) taken += 1
  expect(taken).toBe(Math.floor((MAX_WAITING_BYTES - 1024 * 1024) / (100 * 1024)))
  while (outbound.send(message('u'), 'urgent')) taken += 1
  expect(taken).toBe(Math.floor(MAX_WAITING_BYTES / (100 * 1024)))
  expect(outbound.send(message('u', 100 * 1024), 'urgent')).toBe(false)
  read()
  expect(outbound.send(message('u', 10), 'urgent')).toBe(true)
  while (written.length < taken + 1) read()
  expect(wire.buffered()).toBeLessThan(128 * 1024 + 100 * 1024)
})

it('forgets bulk on request, and what it forgot counts no more', () => {
  const { wire, written, read } = slowWire()
  const outbound = createOutbound(wire)
  while (outbound.send(message('x'), 'bulk'));
  outbound.dropBulk()
  outbound.send(message('g', 10), 'urgent')
  for (let turn = 0; turn < 4; turn++) read()
  expect(written).toEqual(['x', 'x', 'g'])
  let again = 0
  while (outbound.send(message('y'), 'bulk')) again += 1
  expect(again).toBeGreaterThan(25)
})
