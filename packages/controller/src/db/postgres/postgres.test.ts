import { sql } from 'kysely'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { CommitUnknown, isStoreFault, openDatabase, StoreUnusable, type Tx } from '#db/index.ts'
import { postgresAvailable } from '#db/testing/postgres.ts'
import { noteSkip, openPostgresPlace } from '#db/testing/stores.ts'

type MetaTables = {
  meta: { key: string; value: string }
}

const put = (tx: Tx, key: string) => tx.withTables<MetaTables>().insertInto('meta').values({ key, value: '' }).execute()

const never = (error: Error) => {
  throw error
}

const connect = async (url: string) => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() })
}

const suite = () => {
  test('says that the outcome is unknown when the session dies during COMMIT', async () => {
    await using place = await openPostgresPlace()
    const url = await place.url()
    await using db = await openDatabase(url, { onFatal: never })
    await using other = await connect(url)
    await other.query(`
      create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(4); return null; end $$;
      create constraint trigger slow after insert on meta deferrable initially deferred for each row execute function slow()`)
    let session = 0
    const done = db.write(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      session = rows[0]?.pid ?? 0
      await put(tx, 'a')
    })
    const failed = done.catch((error: unknown) => error)
    const isCommitting = async () =>
      (
        await other.query(`select 1 from pg_stat_activity where pid = $1 and state = 'active' and query = 'commit'`, [
          session,
        ])
      ).rowCount === 1
    while (!(await isCommitting()));
    await other.query('select pg_terminate_backend($1)', [session])
    const problem = await failed
    expect(problem).toBeInstanceOf(CommitUnknown)
    expect(isStoreFault(problem)).toBe(true)
    expect((await sql`select key from meta`.execute(db.read)).rows).toEqual([])
  })

  test('says that nothing was kept when COMMIT itself is refused', async () => {
    await using place = await openPostgresPlace()
    const url = await place.url()
    await using db = await openDatabase(url, { onFatal: never })
    await using other = await connect(url)
    await other.query('create table once (n int unique deferrable initially deferred)')
    const done = db.write((tx) => sql`insert into once values (1), (1)`.execute(tx))
    await expect(done).rejects.toMatchObject({ code: '23505' })
  })

  test('calls a session that dies mid-transaction a fault of the store, and works on with another', async () => {
    await using place = await openPostgresPlace()
    const url = await place.url()
    await using db = await openDatabase(url, { onFatal: never })
    await using other = await connect(url)
    const problem = await db
      .write(async (tx) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
        await other.query('select pg_terminate_backend($1)', [rows[0]?.pid])
        // The news of its end comes while no statement is under way.
        const isThere = () => other.query('select 1 from pg_stat_activity where pid = $1', [rows[0]?.pid])
        while ((await isThere()).rowCount !== 0);
        await sql`select 1`.execute(db.read)
        await put(tx, 'a')
      })
      .catch((error: unknown) => error)
    expect(isStoreFault(problem)).toBe(true)
    await db.write((tx) => put(tx, 'b'))
    expect((await sql`select key from meta`.execute(db.read)).rows).toEqual([{ key: 'b' }])
  })

  test('runs a function again after a conflict, with a fresh view', async () => {
    await using place = await openPostgresPlace()
    await using db = await openDatabase(await place.url(), { onFatal: never })
    await db.write((tx) => put(tx, 'a'))
    let runs = 0
    await db.write(async (tx) => {
      runs++
      const { rows } = await sql<{ value: string }>`select value from meta`.execute(tx)
      if (runs === 1) await db.write((other) => sql`update meta set value = 'theirs'`.execute(other))
      await sql`update meta set value = ${`${rows[0]?.value} and ours`}`.execute(tx)
    })
    expect(runs).toBe(2)
    expect((await sql`select value from meta`.execute(db.read)).rows).toEqual([{ value: 'theirs and ours' }])
  })

  test('bounds each statement and refuses what would not be durable', async () => {
    await using place = await openPostgresPlace()
    const url = await place.url()
    await using db = await openDatabase(url, { onFatal: never })
    expect((await sql`show statement_timeout`.execute(db.read)).rows).toEqual([{ statement_timeout: '5s' }])
    await using other = await connect(url)
    await other.query(
      `alter database ${new URL(url.replace('@/', '@h/')).pathname.slice(1)} set synchronous_commit = off`,
    )
    await expect(openDatabase(url, { onFatal: never })).rejects.toThrow(StoreUnusable)
  })
}

const state = postgresAvailable()
if (state.available) describe('a PostgreSQL store', suite)
else noteSkip('a PostgreSQL store', state.reason)

test('an absent PostgreSQL is absent for a reason', () => {
  expect(state.available || state.reason).toBeTruthy()
})
