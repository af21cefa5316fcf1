import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ensureControllerId } from './controller-id.ts'

it('gives a data folder one id for good, and a new one where the file is damaged', async () => {
  const data = await mkdtemp(join(tmpdir(), 'muster-controller-id-'))
  const first = await ensureControllerId(data)
  expect(first).toMatch(/^[0-9a-f]{16}$/)
  expect(await ensureControllerId(data)).toBe(first)
  await writeFile(join(data, 'controller-id'), '')
  expect(await ensureControllerId(data)).not.toBe(first)
  await rm(data, { recursive: true })
})
