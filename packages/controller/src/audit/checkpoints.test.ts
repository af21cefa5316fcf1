import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AuditEvent } from '#api/index.ts'
import type { Tx } from '#db/index.ts'
import { describeEngines, describeStores, openFresh } from '#db/testing/stores.ts'
import { silentLog } from '#kit/logging.ts'
import { createMetrics } from '#kit/metrics.ts'
import { openStand, type Stand } from '#tags/testing/stand.ts'
import { findHead } from './chain-store.ts'
import { type Audit, type AuditDeps, createAudit, fileSink, type Sink } from './index.ts'
import type { ChainTables } from './tables.ts'

const never = new AbortController().signal
const MINUTE = 60_000

const event = (stand: Stand): AuditEvent => ({
  ...{ at: stand.clock.now(), requestId: 'r', caller: stand.root, operation: 'Try', action: 'ssm:Try' },
  ...{ resources: ['*'], decision: 'Allowed', result: 'OK' },
})

const note = async (stand: Stand, count: number): Promise<void> => {
  await Promise.all(Array.from({ length: count }, () => stand.audit.note(event(stand))))
}

const settle = async (audit: Audit): Promise<void> => {
  for (const sweep of audit.sweeps) await sweep.run(never)
}

/** A further controller's audit on the stand's store. */
const another = (stand: Stand, more: Partial<AuditDeps> = {}): Audit => {
  const { db, sealer, clock, ids } = stand
  return createAudit({
    ...{ db, sealer, clock, ids, log: silentLog, metrics: createMetrics(), controllerId: 'controller-1' },
    ...more,
  })
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-audit-'))
  await work(folder).finally(() => rm(folder, { recursive: true }))
}

const linesOf = async (file: string): Promise<string[]> => (await readFile(file, 'utf8')).trimEnd().split('\n')

/** Takes the newest rows away and sets the end of the chain to where it was then, as an older copy has it. */
async function turnBack(stand: Stand, head: Awaited<ReturnType<typeof findHead>>): Promise<void> {
  const number = head?.number ?? 0
  await stand.db.write(async (tx) => {
    const tables = tx.withTables<ChainTables>()
    await tables.deleteFrom('audit_event').where('number', '>', number).execute()
    await tables.deleteFrom('audit_checkpoint').where('number', '>', number).execute()
    await tables
      .updateTable('audit_head')
      .set({ ...head })
      .execute()
  })
}

describeStores('checkpoints of the audit trail', (openStore) => {
  test('go to a file after a minute, signed with the key of the store, and agree with it', () =>
    inFolder(async (folder) => {
      await using stand = await openStand(await openStore())
      const file = join(folder, 'checkpoints')
      const audit = another(stand, { sinks: [fileSink(file)] })
      await note(stand, 3)
      await settle(audit)
      await stand.clock.advance(MINUTE)
      await settle(audit)
      const lines = await linesOf(file)
      expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ type: 'muster-audit-checkpoint', number: 3 }])
      expect(await stand.call('VerifyAudit', { Checkpoints: lines })).toMatchObject({ Valid: true, CheckedRows: 3 })
    }))

  test('are made every 1,000 rows, however soon', async () => {
    await using stand = await openStand(await openStore())
    await note(stand, 2_300)
    await settle(another(stand))
    const tables = stand.db.read.withTables<ChainTables>()
    const numbers = await tables.selectFrom('audit_checkpoint').select('number').orderBy('number').execute()
    expect(numbers).toEqual([{ number: 1000 }, { number: 2000 }])
    expect(await stand.call('VerifyAudit', {})).toMatchObject({ Valid: true, CheckedRows: 2_300 })
  })

  test('wait for a sink that is down, and are told of; then they come in their order', async () => {
    await using stand = await openStand(await openStore())
    const got: string[] = []
    let isDown = true
    const sink: Sink = {
      name: 'flaky',
      async send(lines) {
        if (isDown) throw new Error('down')
        got.push(...lines)
      },
    }
    const warned: unknown[] = []
    const metrics = createMetrics()
    const log = { ...silentLog, warn: (fields: object) => void warned.push(fields) }
    const audit = another(stand, { sinks: [sink], metrics, log })
    await settle(audit)
    for (let round = 0; round < 3; round++) {
      await note(stand, 2)
      await stand.clock.advance(MINUTE)
      await settle(audit)
    }
    expect(warned).toMatchObject([{ sink: 'flaky' }, { sink: 'flaky' }, { sink: 'flaky' }])
    expect(await metrics.text()).toContain('muster_audit_sink_behind_seconds 120')
    isDown = false
    await settle(audit)
    expect(got.map((line) => JSON.parse(line).number)).toEqual([2, 4, 6])
    expect(await metrics.text()).toContain('muster_audit_sink_behind_seconds 0')
  })

  test('that wait too long stop changes where the configuration says so, and neither reads nor notes', async () => {
    await using stand = await openStand(await openStore())
    const sink: Sink = { name: 'down', send: () => Promise.reject(new Error('down')) }
    const audit = another(stand, { sinks: [sink], maxBehindMs: 5 * MINUTE })
    await settle(audit)
    const change = () => stand.db.write((tx) => audit.calls.write(tx, event(stand)))
    await change()
    await stand.clock.advance(MINUTE)
    await settle(audit)
    await change()
    await stand.clock.advance(6 * MINUTE)
    await expect(change()).rejects.toMatchObject({ code: 'InternalServerError' })
    await audit.calls.note(event(stand))
    await stand.db.write((tx) => audit.write(tx, event(stand)))
  })

  test('show a tail that was cut off together with what told of it', () =>
    inFolder(async (folder) => {
      await using stand = await openStand(await openStore())
      const file = join(folder, 'checkpoints')
      const audit = another(stand, { sinks: [fileSink(file)] })
      await note(stand, 3)
      await settle(audit)
      const before = await findHead(stand.db.read)
      await note(stand, 3)
      await stand.clock.advance(MINUTE)
      await settle(audit)
      await turnBack(stand, before)
      expect(await stand.call('VerifyAudit', {})).toMatchObject({ Valid: true, CheckedRows: 3 })
      expect((await stand.call('VerifyAudit', { Checkpoints: await linesOf(file) })).FirstProblem).toMatchObject({
        ...{ Sequence: 6, Kind: 'CheckpointMismatch' },
        Sentence: expect.stringContaining('this store is an older copy'),
      })
    }))

  test('show an older copy at the start, and still when rows have grown over it', () =>
    inFolder(async (folder) => {
      await using stand = await openStand(await openStore())
      const file = join(folder, 'checkpoints')
      const errors: string[] = []
      const metrics = createMetrics()
      const log = { ...silentLog, error: (_fields: object, text: string) => void errors.push(text) }
      const audit = another(stand, { sinks: [fileSink(file)], log, metrics })
      await note(stand, 3)
      await settle(audit)
      const before = await findHead(stand.db.read)
      await note(stand, 3)
      await stand.clock.advance(MINUTE)
      await settle(audit)
      await audit.compare()
      expect(errors).toEqual([])
      await turnBack(stand, before)
      await audit.compare()
      expect(errors).toEqual([expect.stringContaining('this store is an older copy')])
      expect(await metrics.text()).toContain('muster_audit_checkpoint_mismatches 1')
      await note(stand, 5)
      await settle(audit)
      const verified = await stand.call('VerifyAudit', { Checkpoints: await linesOf(file) })
      expect(verified.FirstProblem).toMatchObject({ Sequence: 6, Kind: 'CheckpointMismatch' })
    }))

  test('of another store, with a changed number, or no checkpoints at all are refused', () =>
    inFolder(async (folder) => {
      await using stand = await openStand(await openStore())
      const file = join(folder, 'checkpoints')
      const audit = another(stand, { sinks: [fileSink(file)] })
      await note(stand, 2)
      await settle(audit)
      await stand.clock.advance(MINUTE)
      await settle(audit)
      const [line = ''] = await linesOf(file)
      const told = async (text: string) => (await stand.call('VerifyAudit', { Checkpoints: [text] })).FirstProblem
      expect((await told(line.replace(/"store":"./, '"store":"x')))?.Sentence).toContain('is of another store')
      expect((await told(line.replace('"number":2', '"number":1')))?.Sentence).toContain("store's signature")
      expect(await stand.refused('VerifyAudit', { Checkpoints: [line, '{}'] })).toEqual({
        code: 'InvalidParameters',
        text: 'Checkpoints: line 2 is no checkpoint.',
      })
    }))

  test('begin on a line of their own after an interrupted write', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'checkpoints')
      const sink = fileSink(file)
      await sink.send(['{"a":1}'])
      await appendFile(file, '{"half')
      await sink.send(['{"b":2}'])
      expect(await linesOf(file)).toEqual(['{"a":1}', '{"half', '{"b":2}'])
      expect(await sink.last?.()).toBe('{"b":2}')
    }))

  test('a check that takes longer than a call has goes on by its token', async () => {
    await using stand = await openStand(await openStore())
    await note(stand, 2_500)
    await settle(another(stand))
    let elapsed = 0
    const clock = { now: stand.clock.now, monotonic: () => (elapsed += 6_000) }
    const [, verify] = another(stand, { clock }).operations
    const context = {
      ...{ caller: stand.root, at: 0, requestId: 'r', signal: never, asks: () => false },
      ...{ authorise: () => Promise.reject(new Error('not asked')), afterCommit: () => {} },
      refuse: (code: string) => new Error(code),
    }
    const ask = async (input: object) =>
      (await verify?.handle(stand.db.read, input, context as never)) as { CheckedRows: number; NextToken?: string }
    const counts: number[] = []
    let answer = await ask({})
    for (; answer.NextToken !== undefined; answer = await ask({ NextToken: answer.NextToken }))
      counts.push(answer.CheckedRows)
    expect([...counts, answer.CheckedRows].reduce((sum, count) => sum + count)).toBe(2_500)
    expect(counts.length).toBeGreaterThan(0)
  })
})

describeStores('controllers that seal the same trail', (openStore) => {
  test('make one chain without a gap while both write', async () => {
    await using stand = await openStand(await openStore())
    const controllers = [another(stand), another(stand, { controllerId: 'controller-2' })]
    await Promise.all(
      controllers.map(async (audit) => {
        for (let round = 0; round < 10; round++) {
          await Promise.all(Array.from({ length: 10 }, () => audit.note(event(stand))))
          await settle(audit)
        }
      }),
    )
    // Whoever held the end of the chain last may still hold it.
    for (const audit of controllers) await settle(audit)
    expect(await stand.call('VerifyAudit', {})).toMatchObject({ Valid: true, CheckedRows: 200 })
  })
})

describeEngines('rows of changes that overlap', (engine) => {
  test('all get a place, also those that are committed after rows with greater keys', async () => {
    await using stand = await openStand(await openFresh(engine))
    const written = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const slow = stand.db.write(async (tx: Tx) => {
      await stand.audit.write(tx, { ...event(stand), requestId: 'slow' })
      written.resolve()
      await release.promise
    })
    await written.promise
    const others = note(stand, 3)
    // SQLite has one writer: there the others wait.
    if (engine.name === 'postgres') {
      await others
      await settle(stand.audit)
      expect(await stand.call('VerifyAudit', {})).toMatchObject({ Valid: true, CheckedRows: 3 })
    }
    release.resolve()
    await Promise.all([slow, others])
    await settle(stand.audit)
    expect(await stand.call('VerifyAudit', {})).toMatchObject({ Valid: true, CheckedRows: 4 })
    const { Events } = await stand.call('ListAuditEvents', { RequestId: 'slow' })
    expect(Events).toMatchObject([{ EventId: 1, Sequence: engine.name === 'postgres' ? 4 : 1 }])
  })
})
