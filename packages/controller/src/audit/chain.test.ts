import { expect, test } from 'vitest'
import type { AuditEvent } from '#api/index.ts'
import type { Database } from '#db/index.ts'
import { describeStores } from '#db/testing/stores.ts'
import { openStand, type Stand } from '#tags/testing/stand.ts'
import { findChain, findHead } from './chain-store.ts'
import { linkHash, rowMac, type SealedRow } from './row.ts'
import type { ChainTables } from './tables.ts'

const never = new AbortController().signal
const tables = (db: Database) => db.read.withTables<ChainTables>()

const event = (stand: Stand, index: number): AuditEvent => ({
  ...{ at: stand.clock.now() + index, requestId: `r${index}`, caller: stand.root, operation: 'Try' },
  ...{ action: 'ssm:Try', resources: [`arn:${index}`], decision: 'Denied', result: 'AccessDeniedException' },
  ...{ why: `because of ${index}`, parametersMac: new Uint8Array(32).fill(index) },
})

/** Notes events one after another, so that their order is known. */
async function note(stand: Stand, count: number, from = 1): Promise<void> {
  for (let index = from; index < from + count; index++) await stand.audit.note(event(stand, index))
}

const seal = async (stand: Stand): Promise<void> => {
  for (const sweep of stand.audit.sweeps) await sweep.run(never)
}

const openSealed = async (db: Database, count: number): Promise<Stand> => {
  const stand = await openStand(db)
  await note(stand, count)
  await seal(stand)
  return stand
}

const change = async (stand: Stand, number: number, value: object): Promise<void> => {
  await stand.db.write(async (tx) => {
    await tx.withTables<ChainTables>().updateTable('audit_event').set(value).where('number', '=', number).execute()
  })
}

const remove = async (stand: Stand, ...numbers: number[]): Promise<void> => {
  await stand.db.write(async (tx) => {
    await tx.withTables<ChainTables>().deleteFrom('audit_event').where('number', 'in', numbers).execute()
  })
}

const rowAt = async (stand: Stand, number: number): Promise<SealedRow> =>
  (await findChain(stand.db.read, number - 1, 1))[0] as SealedRow

const flipped = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return Uint8Array.from(value, (byte, index) => (index === 5 ? byte ^ 1 : byte))
  if (typeof value === 'number') return value ^ 1
  if (value === null) return 'x'
  const text = String(value)
  return String.fromCharCode(text.charCodeAt(0) ^ 1) + text.slice(1)
}

const PROTECTED = [
  ...['seq', 'at', 'request_id', 'principal_id', 'principal_arn', 'session', 'source', 'operation', 'action'],
  ...['resources', 'parameters_mac', 'decision', 'result', 'why', 'mac', 'hash'],
] as const

describeStores('the chain of the audit trail', (openStore) => {
  test('is unbroken over rows as they are written, and says where it ends', async () => {
    await using stand = await openSealed(await openStore(), 5)
    await note(stand, 3, 6)
    await seal(stand)
    const verified = await stand.call('VerifyAudit', {})
    expect(verified).toMatchObject({ Valid: true, CheckedRows: 8, HeadSequence: 8 })
    const { Events } = await stand.call('ListAuditEvents', {})
    expect(Events.map(({ Sequence }) => Sequence)).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
  })

  test.each(PROTECTED)('shows one flipped bit of %s, and names the row', async (column) => {
    await using stand = await openSealed(await openStore(), 6)
    const row = await rowAt(stand, 4)
    await change(stand, 4, { [column]: column === 'seq' ? 4000 : flipped(row[column]) })
    const { Valid, FirstProblem } = await stand.call('VerifyAudit', {})
    expect({ Valid, Sequence: FirstProblem?.Sequence }).toEqual({ Valid: false, Sequence: 4 })
    expect(FirstProblem?.Kind).toBe(column === 'seq' ? 'Reordered' : 'Altered')
    expect(FirstProblem?.Sentence).toContain('Row 4, event ')
  })

  test('shows a value where there was none', async () => {
    await using stand = await openStand(await openStore())
    await stand.audit.note({ ...event(stand, 1), why: undefined as never })
    await seal(stand)
    await change(stand, 1, { why: '' })
    expect((await stand.call('VerifyAudit', {})).FirstProblem).toMatchObject({ Sequence: 1, Kind: 'Altered' })
  })

  test('shows a changed last row, after which no row says so', async () => {
    await using stand = await openSealed(await openStore(), 3)
    await change(stand, 3, { hash: flipped((await rowAt(stand, 3)).hash) })
    expect((await stand.call('VerifyAudit', {})).FirstProblem).toMatchObject({ Sequence: 3, Kind: 'Altered' })
  })

  test.each([1, 3])('shows that row %i was taken away', async (number) => {
    await using stand = await openSealed(await openStore(), 5)
    await remove(stand, number)
    expect((await stand.call('VerifyAudit', {})).FirstProblem).toMatchObject({
      ...{ Sequence: number, Kind: 'Missing' },
      Sentence: expect.stringContaining(`Row ${number} is missing before row ${number + 1}`),
    })
  })

  test('shows that the last rows were taken away', async () => {
    await using stand = await openSealed(await openStore(), 5)
    await remove(stand, 4, 5)
    expect((await stand.call('VerifyAudit', {})).FirstProblem).toEqual({
      ...{ Sequence: 4, Kind: 'Missing' },
      Sentence: 'The chain ended at row 5; rows from 4 on are missing.',
    })
  })

  test.each([
    [2, 3],
    [2, 5],
  ])('shows that rows %i and %i stand in the place of each other', async (one, other) => {
    await using stand = await openSealed(await openStore(), 6)
    await change(stand, one, { number: 99 })
    await change(stand, other, { number: one })
    await change(stand, 99, { number: other })
    expect((await stand.call('VerifyAudit', {})).FirstProblem).toMatchObject({ Sequence: one, Kind: 'Reordered' })
  })

  test('shows a row that no controller wrote, although all hashes after it were made anew', async () => {
    await using stand = await openSealed(await openStore(), 4)
    const rows = await findChain(stand.db.read, 0, 10)
    const [, second] = rows as [SealedRow, SealedRow]
    const forged = { ...second, principal_id: 'somebody else' }
    let before = (rows[0] as SealedRow).hash
    for (const row of [forged, ...rows.slice(2)]) {
      before = linkHash(before, row)
      await change(stand, row.number, { principal_id: row.principal_id, hash: before })
    }
    await stand.db.write(async (tx) => {
      await tx.withTables<ChainTables>().updateTable('audit_head').set({ hash: before }).execute()
    })
    expect((await stand.call('VerifyAudit', {})).FirstProblem).toMatchObject({ Sequence: 2, Kind: 'Inserted' })
  })

  test.each([false, true])('shows a row that was put in from outside (sealed since: %s)', async (isSealed) => {
    await using stand = await openSealed(await openStore(), 2)
    await stand.db.write(async (tx) => {
      const { seq: _seq, ...row } = await rowAt(stand, 1)
      const forged = { ...row, seq: 500, request_id: 'forged', number: null, hash: null }
      await tx.withTables<ChainTables>().insertInto('audit_event').values(forged).execute()
    })
    if (isSealed) await seal(stand)
    expect((await stand.call('VerifyAudit', {})).FirstProblem).toMatchObject({
      ...{ Sequence: 3, Kind: 'Inserted' },
      Sentence: expect.stringContaining('event 500'),
    })
  })

  test('shows a row that was put behind the end with a place of its own', async () => {
    await using stand = await openSealed(await openStore(), 2)
    const last = await rowAt(stand, 2)
    const row = { ...last, seq: 700, number: 3 }
    const hash = linkHash(last.hash, row)
    await stand.db.write(async (tx) => {
      await tx
        .withTables<ChainTables>()
        .insertInto('audit_event')
        .values({ ...row, hash })
        .execute()
    })
    expect((await stand.call('VerifyAudit', {})).FirstProblem).toMatchObject({ Sequence: 3, Kind: 'Inserted' })
  })

  test.each(['number', 'hash', 'store_id', 'public_key', 'checkpoint_number', 'checkpoint_at'] as const)(
    'shows a changed %s of its end',
    async (column) => {
      await using stand = await openSealed(await openStore(), 3)
      const head = await findHead(stand.db.read)
      await stand.db.write(async (tx) => {
        const value = { [column]: flipped(head?.[column]) }
        await tx.withTables<ChainTables>().updateTable('audit_head').set(value).execute()
      })
      expect(await stand.call('VerifyAudit', {})).toMatchObject({ Valid: false })
    },
  )

  test('can be checked from a row on', async () => {
    await using stand = await openSealed(await openStore(), 6)
    await change(stand, 2, { result: 'OK' })
    expect(await stand.call('VerifyAudit', { FromSequence: 4 })).toMatchObject({ Valid: true, CheckedRows: 3 })
    expect(await stand.refused('VerifyAudit', { FromSequence: 8 })).toEqual({
      code: 'InvalidParameters',
      text: 'FromSequence is 8; the chain has 6 rows.',
    })
  })

  test('holds no secret: of parameters there is a MAC only', async () => {
    await using stand = await openStand(await openStore())
    const input = { ResourceType: 'Document', ResourceId: 'none', Tags: [{ Key: 'a', Value: 'canary-1' }] }
    await stand.refused('AddTagsToResource', input)
    await stand.audit.note(event(stand, 1))
    const rows = await tables(stand.db).selectFrom('audit_event').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain('canary-1')
    const [row] = rows as unknown as [SealedRow]
    expect(row.mac).toEqual(rowMac(stand.sealer, row))
  })
})
