import { OUTPUT_WINDOW_BYTES } from '@muster/protocol/link'
import { expect, it } from 'vitest'
import { createOutputWindow } from './output-window.ts'

/** A line that takes `delayMs` one way, and one byte after the other: sends what may be sent, `rounds` times. */
function overLine({ bytesPerSecond, delayMs, rounds }: { bytesPerSecond: number; delayMs: number; rounds: number }) {
  let now = 0
  const window = createOutputWindow(() => now)
  let free = 0
  let most = 0
  for (let round = 0; round < rounds; round++) {
    const begin = now
    window.sent(window.bytes)
    most = round < rounds / 2 ? 0 : Math.max(most, (window.bytes / bytesPerSecond) * 1000)
    free = Math.max(free, begin) + (window.bytes / bytesPerSecond) * 1000
    now = free + delayMs
    window.receipted(window.bytes)
  }
  return { bytes: window.bytes, mostWaitMs: most }
}

it('begins small, so that the first piece on a slow line delays nothing for long', () => {
  expect(createOutputWindow(() => 0).bytes).toBe(16 * 1024)
})

it('opens to its bound on a fast line', () => {
  expect(overLine({ bytesPerSecond: 50_000_000, delayMs: 1, rounds: 20 }).bytes).toBe(OUTPUT_WINDOW_BYTES)
})

it('opens to its bound on a fast line that is long', () => {
  expect(overLine({ bytesPerSecond: 50_000_000, delayMs: 2000, rounds: 20 }).bytes).toBe(OUTPUT_WINDOW_BYTES)
})

it('never lets more than some seconds of a slow line wait', () => {
  expect(overLine({ bytesPerSecond: 10_000, delayMs: 20, rounds: 40 }).mostWaitMs).toBeLessThan(4000)
})

it('takes no notice of receipts for nothing', () => {
  const window = createOutputWindow(() => 0)
  window.receipted(0)
  window.sent(0)
  expect(window.bytes).toBe(16 * 1024)
})
