import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { BadBinding, follows, precedes, prefixRange, type Reader, startsWith } from './index.ts'
import { createTable } from './migrations/columns.ts'
import type { Migration } from './migrations/index.ts'
import { describeEngines, openFresh } from './testing/stores.ts'

type SampleTables = {
  sample: { id: string; place: number; note: string | null; body: Uint8Array | null; total: number }
}

const samples: Migration = {
  number: 1,
  name: 'sample',
  async up(db, { id, int, text, bytes }) {
    await createTable(db)(
      'sample',
      { id: id(), place: int(), note: text({ optional: true }), body: bytes({ optional: true }), total: int() },
      { primary: ['id'] },
    )
  },
}

const into = {
  table: 'sample',
  columns: { id: 'text', place: 'int', note: 'text', body: 'bytes', total: 'int' },
} as const

const aRow = (id: string, more: Partial<SampleTables['sample']> = {}) => ({
  id,
  place: 0,
  note: null,
  body: null,
  total: 0,
  ...more,
})

const all = (reader: Reader) =>
  reader.withTables<SampleTables>().selectFrom('sample').selectAll().orderBy('id').execute()

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

describeEngines('portable rows', (engine) => {
  const openStore = () => openFresh(engine, { migrations: [samples] })

  test('come back as they were written', async () => {
    await using db = await openStore()
    const pooled = Buffer.from('a view on the shared pool')
    const row = aRow('é漢🦀', { place: Number.MAX_SAFE_INTEGER, note: '', body: pooled, total: -1 })
    await db.write((tx) => tx.withTables<SampleTables>().insertInto('sample').values(row).execute())
    const [found] = await all(db.read)
    expect(found).toEqual({ ...row, body: new Uint8Array(pooled) })
    expect(Object.getPrototypeOf(found?.body)).toBe(Uint8Array.prototype)
  })

  test('count and sum as numbers', async () => {
    await using db = await openStore()
    await db.write((tx) => db.dialect.insertMany(tx, into, [aRow('a', { total: 2 }), aRow('b', { total: 3 })]))
    const { rows } = await sql`select count(*) as n, sum(total) as total, max(total) as most from sample`.execute(
      db.read,
    )
    expect(rows).toEqual([{ n: 2, total: 5, most: 3 }])
  })

  test.each([
    ['a Date', new Date(0)],
    ['of type object', { id: 'x' }],
    ['an array', ['x']],
    ['of type undefined', undefined],
    ['of type boolean', true],
    ['not a finite number', Number.NaN],
    ['not a finite number', Number.POSITIVE_INFINITY],
    ['an integer beyond 2^53', 2 ** 53],
    ['an integer beyond 2^53', 2n ** 63n],
  ])('are refused when a value is %s', async (what, value) => {
    await using db = await openStore()
    const first = db.write((tx) => sql`insert into sample (id, place, total) values (${value}, 1, 1)`.execute(tx))
    await expect(first).rejects.toThrow(
      new BadBinding(`Value 1 of the statement is ${what}; bind text, numbers, bytes or null.`),
    )
    await expect(sql`select ${'x'} as a, ${value} as b`.execute(db.read)).rejects.toThrow(BadBinding)
    await expect(db.write((tx) => db.dialect.insertMany(tx, into, [{ ...aRow('a'), place: value }]))).rejects.toThrow(
      BadBinding,
    )
    expect(await all(db.read)).toEqual([])
  })

  test('take NUL in text as the replacement character', async () => {
    await using db = await openStore()
    await db.write((tx) => tx.withTables<SampleTables>().insertInto('sample').values(aRow('a\0b')).execute())
    await db.write((tx) => db.dialect.insertMany(tx, into, [aRow('\0')]))
    expect((await all(db.read)).map(({ id }) => id)).toEqual(['a\uFFFDb', '\uFFFD'])
    const found = await db.read
      .withTables<SampleTables>()
      .selectFrom('sample')
      .select('id')
      .where('id', '=', 'a\0b')
      .execute()
    expect(found).toHaveLength(1)
  })

  test('refuse an integer on reading that JavaScript would round', async () => {
    await using db = await openStore()
    await expect(sql`select 9007199254740993 as n`.execute(db.read)).rejects.toThrow(/9007199254740993/)
  })

  test('sort by bytes and are found by prefix, alike in JavaScript', async () => {
    await using db = await openStore()
    const texts = fc.uniqueArray(
      fc.string({
        unit: fc.constantFrom('a', 'B', 'b', '_', '-', 'é', '\u{D7FF}', '\uFFFF', '🦀', '\u{10FFFF}'),
        maxLength: 4,
      }),
      { maxLength: 30 },
    )
    await fc.assert(
      fc.asyncProperty(texts, fc.nat(29), async (ids, pick) => {
        await db.write(async (tx) => {
          await tx.withTables<SampleTables>().deleteFrom('sample').execute()
          await db.dialect.insertMany(
            tx,
            into,
            ids.map((id) => aRow(id)),
          )
        })
        expect((await all(db.read)).map(({ id }) => id)).toEqual([...ids].sort(byBytes))
        const prefix = (ids[pick] ?? '').slice(0, 1).isWellFormed() ? (ids[pick] ?? '').slice(0, 1) : '🦀'
        const found = await db.read
          .withTables<SampleTables>()
          .selectFrom('sample')
          .select('id')
          .where(startsWith('id', prefix))
          .execute()
        expect(found.map(({ id }) => id).sort(byBytes)).toEqual(ids.filter((id) => id.startsWith(prefix)).sort(byBytes))
      }),
      { numRuns: 40 },
    )
  })

  test('page by key in both directions', async () => {
    await using db = await openStore()
    const rows = Array.from({ length: 9 }, (_, index) => aRow(`n${index}`, { place: Math.floor(index / 3) }))
    await db.write((tx) => db.dialect.insertMany(tx, into, rows))
    const sample = db.read.withTables<SampleTables>().selectFrom('sample').select('id')
    const next = sample
      .where(follows(['place', 'id'], [1, 'n4']))
      .orderBy('place')
      .orderBy('id')
    expect((await next.limit(3).execute()).map(({ id }) => id)).toEqual(['n5', 'n6', 'n7'])
    const before = sample
      .where(precedes(['place', 'id'], [1, 'n4']))
      .orderBy('place', 'desc')
      .orderBy('id', 'desc')
    expect((await before.limit(2).execute()).map(({ id }) => id)).toEqual(['n3', 'n2'])
  })

  test('are found by thousands of values bound as one', async () => {
    await using db = await openStore()
    const rows = Array.from({ length: 50 }, (_, index) => aRow(`n${index}`, { place: index }))
    await db.write((tx) => db.dialect.insertMany(tx, into, rows))
    const count = async (condition: ReturnType<typeof db.dialect.isOneOf>) =>
      (await db.read.withTables<SampleTables>().selectFrom('sample').select('id').where(condition).execute()).length
    const places = Array.from({ length: 70_000 }, (_, index) => index + 40)
    expect(await count(db.dialect.isOneOf('place', places))).toBe(10)
    expect(
      await count(
        db.dialect.isOneOf(
          'id',
          places.map((place) => `n${place}`),
        ),
      ),
    ).toBe(10)
    expect(await count(db.dialect.isOneOf('id', ['"', "'", '\\', '{', 'n1,n2', 'NULL']))).toBe(0)
    expect(await count(db.dialect.isOneOf('id', []))).toBe(0)
    expect(await count(db.dialect.isOneOf('place', []))).toBe(0)
  })
})

describeEngines('many rows at once', (engine) => {
  const openStore = () => openFresh(engine, { migrations: [samples] })
  const update = { ...into, key: ['id'] }

  test('are inserted in one statement, with nulls, quotes and bytes', async () => {
    await using db = await openStore()
    const rows = [
      aRow('a', { note: '"quoted", {braced}\\ and NULL', body: new Uint8Array([0, 255, 92]) }),
      aRow('b', { note: '', body: new Uint8Array() }),
      aRow('c'),
    ]
    expect(await db.write((tx) => db.dialect.insertMany(tx, into, rows))).toBe(3)
    expect(await all(db.read)).toEqual(rows)
    expect(await db.write((tx) => db.dialect.insertMany(tx, into, []))).toBe(0)
  })

  test('leave out rows whose key exists when told so, and fail otherwise', async () => {
    await using db = await openStore()
    await db.write((tx) => db.dialect.insertMany(tx, into, [aRow('a', { total: 1 })]))
    const again = [aRow('a'), aRow('b')]
    await expect(db.write((tx) => db.dialect.insertMany(tx, into, again))).rejects.toThrow()
    expect(await db.write((tx) => db.dialect.insertMany(tx, into, again, { skipDuplicates: true }))).toBe(1)
    expect((await all(db.read)).map(({ id, total }) => [id, total])).toEqual([
      ['a', 1],
      ['b', 0],
    ])
  })

  test('are updated in one statement that says which rows were changed', async () => {
    await using db = await openStore()
    await db.write((tx) =>
      db.dialect.insertMany(tx, into, [aRow('a', { total: 5 }), aRow('b', { place: 9, total: 5 }), aRow('c')]),
    )
    const changed = await db.write((tx) =>
      db.dialect.updateMany(
        tx,
        {
          table: 'sample',
          columns: { id: 'text', total: 'int', note: 'text' },
          key: ['id'],
          add: ['total'],
          onlyIf: 'place < 5',
        },
        [
          { id: 'c', total: 2, note: 'third' },
          { id: 'x', total: 2, note: 'absent' },
          { id: 'b', total: 2, note: 'held back' },
          { id: 'a', total: 2, note: null },
        ],
      ),
    )
    expect(changed).toEqual([true, false, false, true])
    const rows = await all(db.read)
    expect(rows.map(({ total, note }) => [total, note])).toEqual([
      [7, null],
      [5, null],
      [2, 'third'],
    ])
    expect(await db.write((tx) => db.dialect.updateMany(tx, update, []))).toEqual([])
  })

  test('are refused when two have the same key', async () => {
    await using db = await openStore()
    await expect(db.write((tx) => db.dialect.updateMany(tx, update, [aRow('a'), aRow('a')]))).rejects.toThrow(
      'same key',
    )
  })

  test('are all or none', async () => {
    await using db = await openStore()
    const broken = [...Array.from({ length: 50 }, (_, index) => aRow(`n${index}`)), { ...aRow('last'), total: null }]
    await expect(db.write((tx) => db.dialect.insertMany(tx, into, broken))).rejects.toThrow()
    expect(await all(db.read)).toEqual([])
  })
})

test('a prefix range skips what is no character and ends openly after the last one', () => {
  expect(prefixRange('a')).toEqual({ from: 'a', below: 'b' })
  expect(prefixRange('\uD7FF')).toEqual({ from: '\uD7FF', below: '\uE000' })
  expect(prefixRange('a\u{10FFFF}')).toEqual({ from: 'a\u{10FFFF}', below: 'b' })
  expect(prefixRange('\u{10FFFF}')).toEqual({ from: '\u{10FFFF}', below: undefined })
  expect(prefixRange('')).toEqual({ from: '', below: undefined })
})
