import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const MIB = 1024 * 1024

/** Runs in a process of its own: the limits are those of a whole process. */
const churn = `
  const { boundHeap } = await import(process.argv[1])
  if (process.argv[2] === 'bounded') boundHeap()
  let peak = 0
  for (let round = 0; round < 2000; round++) {
    Buffer.alloc(65536, round)
    peak = Math.max(peak, process.memoryUsage().arrayBuffers)
  }
  console.log(JSON.stringify({ peak, collector: typeof globalThis.gc }))
`

async function peakOf(mode: 'bounded' | 'free') {
  const heap = new URL('./heap.ts', import.meta.url).href
  const argv = ['--input-type=module', '-e', churn, heap, mode]
  const { stdout, stderr } = await promisify(execFile)(process.execPath, argv)
  expect(stderr).toBe('')
  return JSON.parse(stdout) as { peak: number; collector: string }
}

it('lets dead buffers gather to half of what V8 would at most, and leaves no collector behind', async () => {
  const [bounded, free] = await Promise.all([peakOf('bounded'), peakOf('free')])
  // The collector may come a turn late: half of what V8 would let gather by itself (64 MB) is the bound.
  expect(bounded.peak).toBeLessThan(32 * MIB)
  expect(free.peak).toBeGreaterThan(2 * bounded.peak)
  expect(bounded.collector).toBe('undefined')
})
