import { createManualClock } from '@muster/protocol/kit'
import { expect, it } from 'vitest'
import { createSeededIds } from '#kit/ids.ts'
import { createChallenges } from './challenge.ts'

const clock = createManualClock(1_000)
const challenges = createChallenges(clock, createSeededIds('a'))

it('knows its own challenges for 30 seconds, and no others', () => {
  const challenge = challenges.issue()
  expect(challenges.isFresh(challenge)).toBe(true)
  expect(createChallenges(clock, createSeededIds('b')).isFresh(challenge)).toBe(false)
  clock.advance(30_000)
  expect(challenges.isFresh(challenge)).toBe(true)
  clock.advance(1)
  expect(challenges.isFresh(challenge)).toBe(false)
})

it('refuses a challenge with any bit changed or of another length', () => {
  const challenge = challenges.issue()
  for (let bit = 0; bit < challenge.length * 8; bit++) {
    const changed = Uint8Array.from(challenge)
    changed[bit >> 3]! ^= 1 << (bit & 7)
    expect(challenges.isFresh(changed)).toBe(false)
  }
  expect(challenges.isFresh(challenge.subarray(1))).toBe(false)
  expect(challenges.isFresh(new Uint8Array(0))).toBe(false)
})

it('lets each be used once, does not mind wall time, and forgets the used ones in time', () => {
  const challenge = challenges.issue()
  clock.set(0)
  expect(challenges.isFresh(challenge)).toBe(true)
  expect(challenges.use(challenge)).toBe(true)
  expect(challenges.use(challenge)).toBe(false)
  clock.advance(30_001)
  expect(challenges.isFresh(challenge)).toBe(false)
  for (let round = 0; round < 3; round++) {
    for (let used = 0; used < 20_000; used++) expect(challenges.use(Buffer.from(`${round}:${used}`))).toBe(true)
    expect(challenges.use(Buffer.from('one too many'))).toBe(false)
    clock.advance(30_001)
  }
})
