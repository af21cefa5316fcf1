import { expect, test } from 'vitest'
import { tryArchives } from './testing/corpus.ts'

test('3,000 archives by chance write nothing outside and leave nothing of what is refused', async () => {
  const { unpacked, refused } = await tryArchives({ archives: 3_000, seed: 1 })
  // Both kinds must occur, or the test says nothing.
  expect(Math.min(unpacked, refused)).toBeGreaterThan(300)
}, 900_000)
