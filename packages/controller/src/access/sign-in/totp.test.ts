import { expect, test } from 'vitest'
import { createAttempts } from './attempts.ts'
import { codeOf, findStep, stepAt, toBase32 } from './totp.ts'

const SEED = Buffer.from('12345678901234567890')

// RFC 6238 appendix B for SHA-1; its codes have eight digits, of which ours are the last six.
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('the code at second %i is that of the RFC', (second, code) => {
  expect(codeOf(SEED, stepAt(second * 1000))).toBe(code)
})

test('a code that is too long, too short or no number stands for no step', () => {
  const code = codeOf(SEED, 2)
  for (const given of [`${code}0`, code.slice(1), '', 'abcdef'])
    expect(findStep(SEED, given, 60_000, 0)).toBeUndefined()
  expect(findStep(SEED, code, 60_000, 0)).toBe(2)
  expect(findStep(SEED, code, 60_000, 2)).toBeUndefined()
})

test('a seed is written as apps take it', () => {
  expect(toBase32(SEED)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  expect(toBase32(Buffer.from('foobar'))).toBe('MZXW6YTBOI')
})

test('who fails again and again waits fifteen minutes at most, and is forgotten after an hour', () => {
  const attempts = createAttempts()
  for (let tries = 0; tries < 40; tries++) attempts.begun('ann', '192.0.2.1', 0)
  expect(attempts.waitMs('ANN', '192.0.2.1', 0)).toBe(900_000)
  expect(attempts.waitMs('ann', '192.0.2.2', 0)).toBe(0)
  expect(attempts.waitMs('ann', '192.0.2.1', 3_600_000)).toBe(0)
})

test('many sources that fail together are slowed down, and whoever got in from its place before is not', () => {
  const attempts = createAttempts()
  attempts.begun('ann', '192.0.2.1', 0)
  attempts.succeeded('ann', '192.0.2.1')
  for (let tries = 0; tries < 400; tries++) attempts.failed(0)
  expect(attempts.waitMs('bob', '198.51.100.7', 0)).toBeGreaterThan(0)
  expect(attempts.waitMs('ann', '192.0.2.1', 0)).toBe(0)
})
