import { chmod, mkdtemp, open as openFile, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Worker as BrokenWorker, type Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { SqliteError } from '#db/errors.ts'
import { CommitUnknown, isStoreFault, openDatabase, StoreLost, StoreUnusable, type Tx } from '#db/index.ts'
import { migrate } from '#db/migrate.ts'
import { migrations } from '#db/migrations/index.ts'
import { openSqlite } from './open.ts'
import { runWorker, startThread } from './thread.ts'

type MetaTables = {
  meta: { key: string; value: string }
}

const put = (tx: Tx, key: string, value = '') =>
  tx.withTables<MetaTables>().insertInto('meta').values({ key, value }).execute()

const aFolder = async () => {
  const path = await mkdtemp(join(tmpdir(), 'muster-sqlite-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

const never = (error: Error) => {
  throw error
}

const openAt = (folder: string) => openDatabase(`sqlite:${join(folder, 'data', 'muster.db')}`, { onFatal: never })

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

describe('a SQLite store', () => {
  test('lies in files for their owner alone, also when the umask and an old file say otherwise', async () => {
    await using folder = await aFolder()
    const file = join(folder.path, 'data', 'muster.db')
    const before = process.umask(0)
    try {
      await using db = await openAt(folder.path)
      await db.write((tx) => put(tx, 'a'))
      await sql`select 1`.execute(db.read)
      expect(await modeOf(dirname(file))).toBe('700')
      for (const each of ['', '-wal', '-shm']) expect(await modeOf(file + each)).toBe('600')
    } finally {
      process.umask(before)
    }
    await chmod(file, 0o644)
    await using again = await openAt(folder.path)
    expect(again.dialect.name).toBe('sqlite')
    expect(await modeOf(file)).toBe('600')
  })

  test('syncs each commit and checks its settings', async () => {
    await using folder = await aFolder()
    await using db = await openAt(folder.path)
    const read = (name: string) =>
      db.write(async (tx) => Object.values((await sql<object>`pragma ${sql.raw(name)}`.execute(tx)).rows[0] ?? {})[0])
    expect(await read('synchronous')).toBe(2)
    expect(await read('journal_mode')).toBe('wal')
    expect(await read('foreign_keys')).toBe(1)
    expect(await read('busy_timeout')).toBe(5_000)
  })

  test('keeps what was committed when its process is gone without closing', async () => {
    await using folder = await aFolder()
    await using db = await openAt(folder.path)
    await db.write((tx) => put(tx, 'kept'))
    const copy = join(folder.path, 'copy.db')
    for (const each of ['', '-wal']) {
      await writeFile(copy + each, await readFile(join(folder.path, 'data', `muster.db${each}`)))
    }
    await using again = await openDatabase(`sqlite:${copy}`, { onFatal: never })
    expect(await again.read.withTables<MetaTables>().selectFrom('meta').select('key').execute()).toEqual([
      { key: 'kept' },
    ])
  })

  test('refuses a file that is no database, and one that is damaged, by name', async () => {
    await using folder = await aFolder()
    const file = join(folder.path, 'x.db')
    await writeFile(file, 'this is a letter, not a database'.repeat(100))
    await expect(openDatabase(`sqlite:${file}`, { onFatal: never })).rejects.toThrow(
      new StoreUnusable(`The database ${file} cannot be opened: file is not a database.`),
    )
    const damaged = join(folder.path, 'data', 'muster.db')
    {
      await using db = await openAt(folder.path)
      await db.write((tx) =>
        sql`insert into meta select value, hex(randomblob(200)) from json_each(${JSON.stringify(Array.from({ length: 500 }, (_, n) => `k${n}`))})`.execute(
          tx,
        ),
      )
    }
    {
      await using handle = await openFile(damaged, 'r+')
      const { size } = await handle.stat()
      await handle.write(Buffer.alloc(4096, 0xa5), 0, 4096, Math.floor(size / 8192) * 4096)
    }
    await expect(openAt(folder.path)).rejects.toThrow(/cannot be opened: database disk image is malformed/)
  })

  test('refuses writes and goes on reading after it has met damage', async () => {
    await using folder = await aFolder()
    await using db = await openAt(folder.path)
    await db.write((tx) => put(tx, 'good'))
    await db.checkpoint()
    const { rows } = await sql<{ page: number }>`select rootpage as page from sqlite_schema where name = 'tag'`.execute(
      db.read,
    )
    {
      await using handle = await openFile(join(folder.path, 'data', 'muster.db'), 'r+')
      await handle.write(Buffer.alloc(4096, 0xa5), 0, 4096, ((rows[0]?.page ?? 0) - 1) * 4096)
    }
    await expect(sql`select * from tag`.execute(db.read)).rejects.toThrow(/malformed/)
    await expect(db.write((tx) => put(tx, 'more'))).rejects.toThrow(/damaged: it is read only/)
    expect(await db.read.withTables<MetaTables>().selectFrom('meta').select('key').execute()).toEqual([{ key: 'good' }])
  })

  test('refuses a folder where it cannot write', async () => {
    await using folder = await aFolder()
    await writeFile(join(folder.path, 'data'), 'a file is in the way')
    await expect(openAt(folder.path)).rejects.toThrow(/EEXIST|ENOTDIR/)
    await expect(openDatabase('sqlite:', { onFatal: never })).rejects.toThrow(StoreUnusable)
    await expect(openDatabase('mysql://x', { onFatal: never })).rejects.toThrow(StoreUnusable)
  })

  test('writes nothing of a transaction that fills the disk, calls it a fault, and recovers with space', async () => {
    await using folder = await aFolder()
    await using db = await openAt(folder.path)
    const limit = (pages: number) => db.write((tx) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(tx))
    await limit(1)
    const filled = db.write(async (tx) => {
      for (let n = 0; n < 200; n++) await put(tx, `k${n}`, 'x'.repeat(4_000))
    })
    const problem = await filled.catch((error: unknown) => error)
    expect(problem).toMatchObject({ name: 'SqliteError', errcode: 13 })
    expect(isStoreFault(problem)).toBe(true)
    await limit(1_000_000)
    await db.write((tx) => put(tx, 'after'))
    expect(await db.read.withTables<MetaTables>().selectFrom('meta').select('key').execute()).toEqual([
      { key: 'after' },
    ])
  })

  test('waits for another process that writes', async () => {
    await using folder = await aFolder()
    await using db = await openAt(folder.path)
    const other = new DatabaseSync(join(folder.path, 'data', 'muster.db'))
    other.exec(`begin immediate; insert into meta values ('theirs', '')`)
    const ours = db.write((tx) => put(tx, 'ours'))
    await db.read.withTables<MetaTables>().selectFrom('meta').selectAll().execute()
    other.exec('commit')
    other.close()
    await ours
    expect(
      await db.read.withTables<MetaTables>().selectFrom('meta').select('key').orderBy('key').execute(),
    ).toHaveLength(2)
  })

  test('holds the lock from its first statement on, so that what it read stays true', async () => {
    await using folder = await aFolder()
    await using db = await openAt(folder.path)
    const other = new DatabaseSync(join(folder.path, 'data', 'muster.db'), { timeout: 0 })
    await db.write(async (tx) => {
      await tx.withTables<MetaTables>().selectFrom('meta').selectAll().execute()
      expect(() => other.exec(`insert into meta values ('theirs', '')`)).toThrow('database is locked')
      await put(tx, 'ours')
    })
    other.close()
  })
})

describe('a SQLite store whose next thread cannot start', () => {
  test('goes on with those that it has, and says nothing of an end', async () => {
    await using folder = await aFolder()
    const fatal: Error[] = []
    let readers = 0
    await using db = await openSqlite(join(folder.path, 'muster.db'), {
      readers: 2,
      onFatal: (error) => fatal.push(error),
      start: (data, onLost) =>
        startThread(data, onLost, (given) => {
          const isLate = data.role === 'reader' && ++readers > 1
          return isLate ? new BrokenWorker('throw new Error("EMFILE")', { eval: true }) : runWorker(given)
        }),
    })
    await migrate(db, migrations, () => 0)
    const one = () => db.snapshot(async (tx) => (await sql<{ n: number }>`select 1 as n`.execute(tx)).rows[0]?.n)
    expect(await Promise.all([one(), one(), one()])).toEqual([1, 1, 1])
    expect(readers).toBeGreaterThan(1)
    expect(fatal).toEqual([])
  })
})

describe('a SQLite store that is closed while one more thread starts', () => {
  test('waits for it, and leaves no thread behind', async () => {
    await using folder = await aFolder()
    const workers: Worker[] = []
    const asked = Promise.withResolvers<void>()
    const late = Promise.withResolvers<void>()
    let readers = 0
    const db = await openSqlite(join(folder.path, 'muster.db'), {
      readers: 2,
      onFatal: never,
      start: async (data, onLost) => {
        if (data.role === 'reader' && ++readers > 1) {
          asked.resolve()
          await late.promise
        }
        return startThread(data, onLost, (given) => {
          const worker = runWorker(given)
          workers.push(worker)
          return worker
        })
      },
    })
    const one = () => db.snapshot((tx) => sql`select 1`.execute(tx)).catch(() => undefined)
    const reads = [one(), one()]
    await asked.promise
    const closed = db[Symbol.asyncDispose]()
    late.resolve()
    await closed
    await Promise.all(reads)
    expect(workers.map(({ threadId }) => threadId)).toEqual([-1, -1, -1])
  })
})

describe('a SQLite store whose thread dies', () => {
  const openWatched = async (folder: string) => {
    const workers: Worker[] = []
    const fatal: Error[] = []
    const db = await openSqlite(join(folder, 'muster.db'), {
      readers: 1,
      onFatal: (error) => fatal.push(error),
      start: (data, onLost) =>
        startThread(data, onLost, (given) => {
          const worker = runWorker(given)
          workers.push(worker)
          return worker
        }),
    })
    await migrate(db, migrations, () => 0)
    return { db, workers, fatal }
  }

  test('fails what is under way and what waits, and reports that the process must end', async () => {
    await using folder = await aFolder()
    const { db, workers, fatal } = await openWatched(folder.path)
    const waiting: Promise<unknown>[] = []
    const under = db.write(async (tx) => {
      await put(tx, 'a')
      waiting.push(db.write((other) => put(other, 'b')).catch((error: unknown) => error))
      await workers[0]?.terminate()
      await put(tx, 'c')
    })
    await expect(under).rejects.toThrow(StoreLost)
    expect(await waiting[0]).toBeInstanceOf(StoreLost)
    await expect(db.write((tx) => put(tx, 'd'))).rejects.toThrow(StoreLost)
    await expect(sql`select 1`.execute(db.read)).rejects.toThrow(StoreLost)
    expect(fatal).toHaveLength(1)
    await db[Symbol.asyncDispose]()
  })

  test('says that the outcome is unknown when it dies during COMMIT', async () => {
    await using folder = await aFolder()
    const { db, workers } = await openWatched(folder.path)
    const done = db.write(async (tx) => {
      await put(tx, 'a')
      void workers[0]?.terminate()
    })
    await expect(done).rejects.toThrow(CommitUnknown)
    await db[Symbol.asyncDispose]()
  })

  test('takes nothing more after a commit whose sync failed', async () => {
    await using folder = await aFolder()
    const fatal: Error[] = []
    let failing = false
    const db = await openSqlite(join(folder.path, 'muster.db'), {
      readers: 1,
      onFatal: (error) => fatal.push(error),
      start: async (data, onLost) => {
        const thread = await startThread(data, onLost)
        const control: typeof thread.control = (kind) =>
          failing && kind === 'commit' ? Promise.reject(new SqliteError('disk I/O error', 1034)) : thread.control(kind)
        return { ...thread, control }
      },
    })
    await migrate(db, migrations, () => 0)
    failing = true
    await expect(db.write((tx) => put(tx, 'a'))).rejects.toThrow(CommitUnknown)
    failing = false
    await expect(db.write((tx) => put(tx, 'b'))).rejects.toThrow(StoreLost)
    expect(fatal.map(({ name }) => name)).toEqual(['CommitUnknown'])
    await db[Symbol.asyncDispose]()
  })

  test('reports the death of a reader too', async () => {
    await using folder = await aFolder()
    const { db, workers, fatal } = await openWatched(folder.path)
    await sql`select 1`.execute(db.read)
    await workers[1]?.terminate()
    expect(fatal).toHaveLength(1)
    await db[Symbol.asyncDispose]()
  })

  test('reports nothing when it is closed', async () => {
    await using folder = await aFolder()
    const { db, fatal } = await openWatched(folder.path)
    await sql`select 1`.execute(db.read)
    await db[Symbol.asyncDispose]()
    expect(fatal).toEqual([])
  })
})
