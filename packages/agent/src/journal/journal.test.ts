import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createManualClock } from '@muster/protocol/kit'
import { expect, test } from 'vitest'
import type { Entry } from './entry.ts'
import { createFaultyStorage, type FaultyStorage } from './faulty-storage.ts'
import { appendRecord, type Journal, openJournal } from './journal.ts'
import { JournalFailed, JournalFull } from './log.ts'
import { openFolder } from './storage.ts'

const clock = createManualClock(1_000)
const received = (invocationId: string, size = 10): Entry => ({
  kind: 'received',
  invocationId,
  commandId: 'c',
  deliverBy: 5_000,
  expiresAt: 6_000,
  bytes: new Uint8Array(size).fill(7),
})
const result = (invocationId: string): Entry => ({
  kind: 'result',
  invocationId,
  forgetAt: 9_000,
  spools: [],
  bytes: new Uint8Array([1, 2]),
})
const open = (storage: FaultyStorage, segmentBytes = 4096) =>
  openJournal({ storage, clock, segmentBytes, reserveBytes: 1024 })
const ids = (journal: Journal) => journal.runner.unfinished().map((invocation) => invocation.invocationId)

test('knows after a restart what was appended before', async () => {
  const storage = createFaultyStorage(() => 0)
  {
    await using journal = await open(storage)
    await appendRecord(journal, received('a'))
    await appendRecord(journal, received('b'))
    await appendRecord(journal, result('a'))
  }
  await using journal = await open(storage)
  expect(ids(journal)).toEqual(['b'])
  expect(journal.inbox.isKnown('a')).toBe(true)
  expect(journal.outbox.unreceipted(0, 10).map(({ number, entry }) => [number, entry.invocationId])).toEqual([[3, 'a']])
})

test('keeps journal id and numbers over restarts and compactions', async () => {
  const storage = createFaultyStorage(() => 0)
  const first = await open(storage)
  const id = first.journalId
  await appendRecord(first, received('a'))
  const number = await appendRecord(first, result('a'))
  await first.compact()
  await first[Symbol.asyncDispose]()
  await using second = await open(storage)
  expect(second.journalId).toBe(id)
  expect(second.outbox.unreceipted(0, 10)[0]?.number).toBe(number)
  expect(await appendRecord(second, received('b'))).toBe(number + 1)
})

test('is not low on space while it goes over to the next segment', async () => {
  await using journal = await open(createFaultyStorage(() => 0))
  const seen: boolean[] = []
  for (let n = 0; n < 40; n++) {
    const appending = appendRecord(journal, received(`i${n}`, 500))
    for (let turn = 0; turn < 60; turn++) {
      await Promise.resolve()
      seen.push(journal.low)
    }
    await appending
  }
  expect(seen).not.toContain(true)
})

test('shares one sync among calls made together', async () => {
  const storage = createFaultyStorage(() => 0)
  await using journal = await open(storage)
  const before = storage.operations
  await Promise.all(['a', 'b', 'c', 'd'].map((id) => appendRecord(journal, received(id))))
  expect(storage.operations - before).toBe(2)
})

test('forgets a receipted result but knows its id until its time is over', async () => {
  const storage = createFaultyStorage(() => 0)
  {
    await using journal = await open(storage)
    await appendRecord(journal, received('a'))
    const number = await appendRecord(journal, result('a'))
    await appendRecord(journal, { kind: 'receipted', upTo: number })
    expect(journal.outbox.unreceipted(0, 10)).toEqual([])
    await journal.compact()
    expect(journal.inbox.isKnown('a')).toBe(true)
  }
  const later = createManualClock(9_001)
  {
    await using journal = await openJournal({ storage, clock: later, segmentBytes: 4096, reserveBytes: 1024 })
    await journal.compact()
  }
  await using journal = await open(storage)
  expect(journal.inbox.isKnown('a')).toBe(false)
})

test('keeps the place of spools until they are forgotten', async () => {
  const storage = createFaultyStorage(() => 0)
  const stream = { kept: 1, dropped: 0, whole: false }
  const spool = { step: 0, attempt: 1, token: 't', stdout: stream, stderr: stream }
  {
    await using journal = await open(storage)
    await appendRecord(journal, received('a'))
    const number = await appendRecord(journal, {
      kind: 'result',
      invocationId: 'a',
      forgetAt: 9_000,
      spools: [spool],
      bytes: new Uint8Array(),
    })
    await appendRecord(journal, { kind: 'receipted', upTo: number })
    await journal.compact()
  }
  await using journal = await open(storage)
  expect(journal.outbox.withSpools().map((ended) => ended.spools)).toEqual([[spool]])
  await appendRecord(journal, { kind: 'forgotten', invocationId: 'a' })
  expect(journal.outbox.withSpools()).toEqual([])
  expect(journal.inbox.isKnown('a')).toBe(true)
})

test('goes on in new segments and compacts the old ones away', async () => {
  const storage = createFaultyStorage(() => 0)
  {
    await using journal = await open(storage)
    for (let index = 0; index < 400; index++) {
      await appendRecord(journal, received(`i${index}`, 200))
      const number = await appendRecord(journal, result(`i${index}`))
      await appendRecord(journal, { kind: 'receipted', upTo: number })
    }
  }
  expect((await storage.list()).length).toBeLessThan(10)
  await using journal = await open(storage)
  expect(ids(journal)).toEqual([])
  expect(journal.inbox.isKnown('i0')).toBe(true)
  expect(journal.inbox.isKnown('i399')).toBe(true)
})

test('is finished for good when a sync fails', async () => {
  const storage = createFaultyStorage(() => 0)
  await using journal = await open(storage)
  storage.fail('sync', 'EIO')
  await expect(appendRecord(journal, received('a'))).rejects.toThrow(JournalFailed)
  storage.fail('sync', undefined)
  await expect(appendRecord(journal, received('b'))).rejects.toThrow(JournalFailed)
  expect(journal.failed).toBeInstanceOf(JournalFailed)
  expect(ids(journal)).toEqual([])
})

test('refuses new work on a full disk, keeps the reserve for results and recovers with space', async () => {
  const storage = createFaultyStorage(() => 0)
  await using journal = await open(storage)
  await appendRecord(journal, received('a'))
  storage.fail('create', 'ENOSPC')
  const fill = async (size: number) => {
    for (let index = 0; ; index++) await appendRecord(journal, received(`i${size}-${index}`, size))
  }
  await expect(fill(300)).rejects.toThrow(JournalFull)
  await expect(fill(0)).rejects.toThrow(JournalFull)
  expect(journal.low).toBe(true)
  await appendRecord(journal, result('a'))
  storage.fail('create', undefined)
  await appendRecord(journal, received('later', 300))
  expect(journal.low).toBe(false)
})

test('sets a segment aside that is damaged in the middle and says who was in it', async () => {
  const storage = createFaultyStorage(() => 0)
  let id = ''
  {
    await using journal = await open(storage)
    id = journal.journalId
    for (const name of ['a', 'b', 'c']) await appendRecord(journal, received(name, 100))
  }
  const [segment] = (await storage.list()).filter((name) => name.startsWith('journal-'))
  storage.corrupt(segment ?? '', 64 + 96 + 280, new Uint8Array([0xff, 0xff, 0xff]))
  {
    await using journal = await open(storage)
    expect(journal.damage).toEqual([{ segment: 1, problem: expect.stringContaining('is damaged') }])
    expect(journal.journalId).not.toBe(id)
    expect(journal.runner.unfinished().every((invocation) => invocation.damaged)).toBe(true)
    expect(ids(journal)).toContain('a')
    expect(await storage.list()).toContain('damaged-journal-00000001.log')
  }
  await using journal = await open(storage)
  expect(journal.damage).toEqual([])
  expect(journal.runner.find('a')?.damaged).toBe(true)
})

test('reads nothing of an earlier life behind a torn tail', async () => {
  const storage = createFaultyStorage(() => 0)
  {
    await using journal = await open(storage)
    await Promise.all([appendRecord(journal, received('a', 100)), appendRecord(journal, received('old', 100))])
  }
  // The first of the two records that were written together never reached the disk.
  storage.corrupt('journal-00000001.log', 64 + 64, new Uint8Array(32))
  {
    await using journal = await open(storage)
    expect([ids(journal), journal.damage]).toEqual([[], []])
    await appendRecord(journal, received('b', 100))
  }
  await using journal = await open(storage)
  expect(ids(journal)).toEqual(['b'])
})

test('sets a segment aside whose header is damaged', async () => {
  const storage = createFaultyStorage(() => 0)
  {
    await using journal = await open(storage)
    await appendRecord(journal, received('a'))
  }
  storage.corrupt('journal-00000001.log', 20, new Uint8Array([0xff]))
  await using journal = await open(storage)
  expect(journal.damage[0]?.problem).toBe('the header is damaged')
  expect(journal.runner.find('a')?.damaged).toBe(true)
})

test('keeps real files to the owner alone, preallocated', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-journal-'))
  try {
    const inner = join(folder, 'journal')
    {
      await using journal = await openJournal({ storage: await openFolder(inner), clock })
      await appendRecord(journal, received('a'))
    }
    expect((await stat(inner)).mode & 0o777).toBe(0o700)
    for (const name of await readdir(inner)) {
      const { mode, size } = await stat(join(inner, name))
      expect([name, mode & 0o777]).toEqual([name, 0o600])
      expect(size).toBeGreaterThanOrEqual(1024 * 1024)
    }
    await using journal = await openJournal({ storage: await openFolder(inner), clock })
    expect(ids(journal)).toEqual(['a'])
  } finally {
    await rm(folder, { recursive: true })
  }
})
