import { expect, test } from 'vitest'
import { createSealer } from '#kit/seal.ts'
import { checkPassport, writePassport } from './passport.ts'

const sealer = createSealer(new Uint8Array(32).fill(1))
const asked = { to: 'b', question: 'output', body: Buffer.from('{"nodeKey":1}') }
const header = writePassport(sealer, { ...asked, from: 'a', at: 1000 })

test('a passport is good for the question that it was written for', () => {
  expect(checkPassport(sealer, header, asked, 1000)).toBe(true)
})

test('a passport is good for no other question, body, controller or key', () => {
  const others = [
    { ...asked, question: 'other' },
    { ...asked, body: Buffer.from('{}') },
    { ...asked, to: 'c' },
  ]
  for (const other of others) expect(checkPassport(sealer, header, other, 1000)).toBe(false)
  expect(checkPassport(createSealer(new Uint8Array(32).fill(2)), header, asked, 1000)).toBe(false)
})

test('a passport ends, and its sender and time cannot be altered', () => {
  expect(checkPassport(sealer, header, asked, 62_000)).toBe(false)
  expect(checkPassport(sealer, header.replace('1000', '2000'), asked, 2000)).toBe(false)
  expect(checkPassport(sealer, header.replace(/^a/, 'c'), asked, 1000)).toBe(false)
})

test('what is no passport is none', () => {
  for (const bad of [undefined, '', 'a.1000.', ['a', 'b'], 'a.1000.!!', `${header}x`])
    expect(checkPassport(sealer, bad, asked, 1000)).toBe(false)
})
