import { expect, test } from 'vitest'
import { readCursor, writeCursor } from './cursor.ts'
import { createRing } from './ring.ts'

const ALL = new Set(['Node', 'Command'])
const keys = ({ told }: { told: readonly { key: string }[] }) => told.map(({ key }) => key)

test('tells what came after a place, of the topics asked for, each thing once and where it changed last', () => {
  const ring = createRing(10)
  for (const key of ['a', 'b', 'a', 'c']) ring.tell('Node', key)
  ring.tell('Command', 'a')
  expect(keys(ring.since(0, ALL, 9))).toEqual(['b', 'a', 'c', 'a'])
  expect(keys(ring.since(0, new Set(['Command']), 9))).toEqual(['a'])
  expect(keys(ring.since(3, ALL, 9))).toEqual(['c', 'a'])
  expect(ring.since(ring.now(), ALL, 9)).toEqual({ told: [], next: 5, reset: false })
})

test('goes on where a full answer ended', () => {
  const ring = createRing(10)
  for (const key of ['a', 'b', 'c', 'd', 'e']) ring.tell('Node', key)
  const seen: string[] = []
  for (let place = 0; place < ring.now(); ) {
    const page = ring.since(place, ALL, 2)
    seen.push(...keys(page))
    place = page.next
  }
  expect(seen).toEqual(['a', 'b', 'c', 'd', 'e'])
})

test('says so when what was asked for is forgotten, and never forgets the last ones', () => {
  const ring = createRing(3)
  for (let index = 0; index < 7; index++) ring.tell('Node', String(index))
  expect(ring.since(0, ALL, 9)).toMatchObject({ told: [], reset: true })
  expect(keys(ring.since(4, ALL, 9))).toEqual(['4', '5', '6'])
  for (let index = 0; index < 100; index++) ring.tell('Node', 'same')
  expect(keys(ring.since(7, ALL, 9))).toEqual(['same'])
})

test('does not know a place that it has not come to', () => {
  expect(createRing(3).since(1, ALL, 9).reset).toBe(true)
})

test('a cursor is read by the life that wrote it alone', () => {
  const cursor = writeCursor('0123abcd', 42)
  expect(readCursor('0123abcd', cursor)).toBe(42)
  for (const other of ['garbage', '', writeCursor('0123abce', 42), writeCursor('0123abcd', -1)])
    expect(readCursor('0123abcd', other)).toBeUndefined()
})
