import { describe, expect, it } from 'vitest'
import { createSeededIds, systemIds } from './ids.ts'

describe.each([
  ['systemIds', systemIds],
  ['seeded ids', createSeededIds('a')],
])('%s', (_name, ids) => {
  it('have the forms that are asked for, and differ', () => {
    expect(ids.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    for (const length of [1, 16, 17, 100]) expect(ids.hex(length)).toMatch(new RegExp(`^[0-9a-f]{${length}}$`))
    expect(ids.bytes(33)).toHaveLength(33)
    expect(new Set(Array.from({ length: 1_000 }, () => ids.uuid())).size).toBe(1_000)
  })
})

it('seeded ids are the same for the same seed, and others for another', () => {
  const run = (seed: string) => {
    const ids = createSeededIds(seed)
    return [ids.uuid(), ids.hex(17), Buffer.from(ids.bytes(8)).toString('hex')]
  }
  expect(run('a')).toEqual(run('a'))
  expect(run('a')).not.toEqual(run('b'))
})
