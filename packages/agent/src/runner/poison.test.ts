import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findPoison, openPoison } from './poison.ts'

/** Lives of one agent, one after the other; what a life is given it reads, and it dies over the last one. */
function live(file: string, ...readings: readonly string[]): void {
  using poison = openPoison(file)
  const last = readings.at(-1) ?? ''
  for (const id of readings.slice(0, -1)) poison.reading(id)[Symbol.dispose]()
  poison.reading(last)
}

test('counts the lives that ended over one, whatever they read before', () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-poison-'))
  const file = join(folder, 'reading')
  try {
    live(file, 'a', 'b')
    using second = openPoison(file)
    expect([second.deaths('a'), second.deaths('b'), findPoison(second, 'b')]).toEqual([0, 1, undefined])
    live(file, 'a', 'c', 'b')
    using third = openPoison(file)
    expect(third.deaths('b')).toBe(2)
    expect(findPoison(third, 'b')).toBe('poison: the agent stopped 2 times while reading it')
    expect(findPoison(third, 'a')).toBeUndefined()
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('holds nothing against one that was read to its end', () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-poison-'))
  const file = join(folder, 'reading')
  try {
    live(file, 'a')
    {
      using second = openPoison(file)
      second.reading('a')[Symbol.dispose]()
      expect(second.deaths('a')).toBe(0)
    }
    using third = openPoison(file)
    expect(third.deaths('a')).toBe(0)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
