import { expect, it } from 'vitest'
import { findDifferences } from '../iam/differences.ts'
import { record } from './record.ts'

const CASES = 1_000_000

it('decides 1,000,000 random cases as an evaluator does that shares nothing with it', {
  timeout: 3_600_000,
}, async () => {
  const seed = Number(process.env['MUSTER_SEED'] ?? 1)
  const started = performance.now()
  const { decisions, different } = findDifferences(seed, CASES)
  await record('iam', {
    ...{ cases: CASES, seed, differences: different.length },
    ...{ allowed: decisions['allowed'] ?? 0, 'denied by a statement': decisions['explicitDeny'] ?? 0 },
    ...{ 'allowed by none': decisions['implicitDeny'] ?? 0 },
    seconds: Math.round((performance.now() - started) / 1000),
  })
  expect(different).toEqual([])
})
