import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockInstance } from './instance-lock.ts'

test('one agent a folder; the next waits a moment for a killed one whose last child still holds it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-lock-'))
  try {
    const first = await lockInstance(folder)
    expect(await lockInstance(folder, 0)).toBeUndefined()
    const second = lockInstance(folder)
    // It has met the first one by now, and was refused.
    expect(await lockInstance(folder, 0)).toBeUndefined()
    first?.close()
    const lock = await second
    expect(lock?.listening).toBe(true)
    lock?.close()
    if (lock) await once(lock, 'close')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
