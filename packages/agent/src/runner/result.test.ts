import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { EntryOf } from '#journal/index.ts'
import { decodeResult, encodeResult, readHeads, type StepHead } from './result.ts'

/** Steps with these outputs, and their heads. */
async function headsOf(
  outputs: readonly { stdout?: Buffer; stderr?: Buffer; note?: EntryOf<'finished'>['note'] }[],
  slim = false,
): Promise<StepHead[]> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-heads-'))
  try {
    const finished = outputs.map(
      ({ stdout = Buffer.alloc(0), stderr = Buffer.alloc(0), note = {} }, index): EntryOf<'finished'> => {
        writeFileSync(join(folder, `${index}-stdout`), stdout)
        writeFileSync(join(folder, `${index}-stderr`), stderr)
        const stream = (bytes: Buffer) => ({ total: bytes.length, kept: bytes.length, dropped: 0, sha256: '' })
        const record = {
          index,
          name: 's',
          action: 'a',
          status: 'Success' as const,
          exitCode: 0,
          attempt: 1,
          startedAt: 0,
          endedAt: 0,
          bootId: 'b',
        }
        return {
          kind: 'finished',
          invocationId: 'i',
          token: String(index),
          note,
          exited: false,
          record: { ...record, stdout: stream(stdout), stderr: stream(stderr) },
        }
      },
    )
    return await readHeads(finished, (token, stream) => join(folder, `${token}-${stream}`), slim)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('carries a small stream whole and of a large one the first characters', async () => {
  const [head] = await headsOf([{ stdout: Buffer.alloc(32 * 1024, 'a'), stderr: Buffer.alloc(32 * 1024 + 1, 'b') }])
  expect(head?.stdout.whole).toHaveLength(32 * 1024)
  expect(head?.stdout.text).toBe('a'.repeat(24_000))
  expect(head?.stderr).toEqual({ text: 'b'.repeat(8_000) })
})

test('cuts by characters, replaces what is no text and keeps the bytes', async () => {
  const bytes = Buffer.concat([Buffer.from('é\0'), Buffer.from([0xff]), Buffer.from('😀')])
  const [head] = await headsOf([{ stdout: bytes }])
  expect(head?.stdout.text).toBe('é\u{fffd}\u{fffd}😀')
  expect(Buffer.from(head?.stdout.whole ?? [])).toEqual(bytes)
})

test('fits any number of steps into one frame', async () => {
  const heads = await headsOf(
    Array.from({ length: 30 }, () => ({ stdout: Buffer.alloc(40_000, 'x'), stderr: Buffer.alloc(20_000, '\u{fffd}') })),
  )
  expect(heads).toHaveLength(30)
  expect(encodeResult({ runRecord: new Uint8Array(), signature: new Uint8Array(), heads }).length).toBeLessThan(
    200 * 1024,
  )
})

test('leaves output out where space is short, but not what the runner has to say', async () => {
  const [head] = await headsOf([{ stdout: Buffer.from('out'), note: { stderrStart: 'muster: X: y' } }], true)
  expect(head).toMatchObject({ step: 0, stdout: { text: '' }, stderr: { text: 'muster: X: y' } })
  expect(head?.stdout.whole).toBeUndefined()
})

test('reads back what it has written', () => {
  const result = {
    runRecord: Buffer.from('record'),
    signature: Buffer.from('signature'),
    heads: [
      { step: 0, stdout: { text: 'a', whole: Buffer.from('a') }, stderr: { text: 'b' } },
      { step: 2, stdout: { text: 'c' }, stderr: { text: '', whole: Buffer.alloc(0) } },
    ],
  }
  expect(decodeResult(encodeResult(result))).toEqual(structuredClone(result, {}))
})
