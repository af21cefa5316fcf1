import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'

/** One empty database for one controller, open to statements while that controller is stopped. */
export interface Store {
  readonly url: string
  /** Runs statements on one connection, in one transaction. */
  execute(
    statements: (columns: (table: string) => Promise<readonly string[]>) => Promise<readonly string[]>,
  ): Promise<void>
}

export interface Stores extends AsyncDisposable {
  open(): Promise<Store>
}

/** Databases of their own for the controllers of a bench: files, or databases beside the one that a URL names. */
export async function openStores({
  database,
  folder,
}: {
  readonly database: string | undefined
  readonly folder: string
}): Promise<Stores> {
  if (database?.startsWith('postgres')) return postgresStores(database)
  if (database !== undefined && !database.startsWith('sqlite:')) throw new Error(`"${database}" is no database URL`)
  let count = 0
  return {
    open: async () => sqliteStore(join(folder, `controller-${++count}.db`)),
    [Symbol.asyncDispose]: async () => {},
  }
}

const sqliteStore = (file: string): Store => ({
  url: `sqlite:${file}`,
  async execute(statements) {
    const db = new DatabaseSync(file)
    try {
      const columns = async (table: string) =>
        db
          .prepare('select name from pragma_table_info(?)')
          .all(table)
          .map(({ name }) => String(name))
      db.exec(
        ['begin', ...(await statements(columns)), 'commit', 'pragma wal_checkpoint(truncate)', 'analyze'].join(';\n'),
      )
    } finally {
      db.close()
    }
  },
})

async function postgresStores(url: string): Promise<Stores> {
  const made: string[] = []
  const prefix = `muster_bench_${process.pid}`
  return {
    async open() {
      const name = `${prefix}_${made.length + 1}`
      await withClient(url, (client) => client.query(`create database ${name}`))
      made.push(name)
      // A socket's folder as host makes it no URL for the platform's parser.
      return postgresStore(url.replace(/^(postgres(?:ql)?:\/\/[^/?]*)(\/[^?]*)?/, `$1/${name}`))
    },
    async [Symbol.asyncDispose]() {
      for (const name of made) await withClient(url, (client) => client.query(`drop database ${name} with (force)`))
    },
  }
}

const postgresStore = (url: string): Store => ({
  url,
  execute: (statements) =>
    withClient(url, async (client) => {
      const columns = async (table: string) => {
        const { rows } = await client.query<{ column_name: string }>(
          'select column_name from information_schema.columns where table_name = $1 order by ordinal_position',
          [table],
        )
        return rows.map(({ column_name }) => column_name)
      }
      for (const statement of ['begin', ...(await statements(columns)), 'commit', 'analyze'])
        await client.query(statement)
    }),
})

async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}
