import { expect, test } from 'vitest'
import { tryArchives } from '../../packages/agent/src/plugins/archive/testing/corpus.ts'
import { record } from './record.ts'

const ARCHIVES = 100_000
const given = process.env['MUSTER_SEED']
const seed = given === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(given)

test(`unpacks ${ARCHIVES} archives by chance with nothing written outside (seed ${seed})`, {
  timeout: 3_600_000,
}, async () => {
  const began = performance.now()
  const { archives, unpacked, refused } = await tryArchives({ archives: ARCHIVES, seed })
  await record('archives', {
    seed,
    archives,
    unpacked,
    refused,
    seconds: Math.round((performance.now() - began) / 1000),
  })
  expect(Math.min(unpacked, refused)).toBeGreaterThan(ARCHIVES / 10)
})
