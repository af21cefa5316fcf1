import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ConfigError, loadConfig, optionsHelp, text } from '@muster/protocol/config'
import { systemClock } from '@muster/protocol/kit'
import { InitialiseRefused, initialiseAccess, rootPrincipal } from '#access/index.ts'
import { createAudit } from '#audit/index.ts'
import { type Database, openDatabase, SchemaTooNew, StoreUnusable, type Tx } from '#db/index.ts'
import { admitMasterKey, fingerprintOf, listMasterKeys, openStoreKey, retireOthers } from '#keys/index.ts'
import { systemIds } from '#kit/ids.ts'
import { createLog } from '#kit/logging.ts'
import { loadMasterKey, MasterKeyError } from '#kit/master-key.ts'
import { readMasterKey } from '#kit/master-key-source.ts'
import { createMetrics } from '#kit/metrics.ts'
import { createSealer } from '#kit/seal.ts'
import { type ControllerConfig, controllerTable } from './config.ts'

/** The master key as the configuration says where it is; throws MasterKeyError or ConfigError. */
export async function configuredMasterKey(
  { masterKey: value, masterKeyCommand: command, masterKeyFile: file, data }: ControllerConfig,
  { create }: { readonly create: boolean },
): Promise<Uint8Array> {
  if ([value, command, file].filter((given) => given !== undefined).length > 1)
    throw new ConfigError(['only one of --master-key-file, --master-key-command and MUSTER_MASTER_KEY can be given'])
  return readMasterKey({ value, command, file: file ?? join(data, 'master.key') }, { create })
}

const newKeyTable = {
  newKeyFile: text({
    flag: 'new-key-file',
    env: 'MUSTER_NEW_MASTER_KEY_FILE',
    value: 'FILE',
    help: 'rotate: the key that shall open the store too; made when there is no such file',
  }),
}

export const masterKeyHelp = (): string => `muster-controller master-key status [OPTIONS]
muster-controller master-key rotate --new-key-file FILE [OPTIONS]
muster-controller master-key retire [OPTIONS]

rotate lets a second key open the store; controllers may run meanwhile, and each is started again with the new one
when it suits. retire then leaves only the key that the options name. Both may be interrupted and said again.

${optionsHelp({ ...newKeyTable, ...controllerTable })}
`

const SOURCE = 'muster-controller master-key'

interface Opened {
  readonly db: Database
  readonly current: Uint8Array
  readonly newKeyFile: string | undefined
}

const commands: Readonly<Record<string, (opened: Opened) => Promise<readonly string[]>>> = { status, rotate, retire }

/** Runs one sub-command; what it found or did goes to standard output. Answers the exit status. */
export async function masterKey(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const [name = '', ...options] = argv
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new ConfigError([`unknown command "master-key ${name}"; muster-controller master-key --help`])
  const config = loadConfig({ ...controllerTable, ...newKeyTable }, { argv: options, env })
  process.umask(0o077)
  try {
    await using db = await openPresent(config)
    const current = await configuredMasterKey(config, { create: false })
    const lines = await command({ db, current, newKeyFile: config.newKeyFile })
    process.stdout.write(lines.map((line) => `${line}\n`).join(''))
    return 0
  } catch (error) {
    throw isConfiguration(error) ? new ConfigError([error.message]) : error
  }
}

/** A mistyped place gets no new store. */
async function openPresent({ data, database }: ControllerConfig): Promise<Database> {
  const url = database ?? `sqlite:${resolve(data, 'muster.db')}`
  const file = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : undefined
  const nothing = new ConfigError([`there is no store at ${file ?? 'this database'} yet: start the controller first`])
  if (file !== undefined && !existsSync(file)) throw nothing
  const db = await openDatabase(url, {
    onFatal(error) {
      throw error
    },
  })
  if ((await listMasterKeys(db.read)).length > 0) return db
  await db[Symbol.asyncDispose]()
  throw nothing
}

const isConfiguration = (error: unknown): error is Error =>
  error instanceof MasterKeyError ||
  error instanceof InitialiseRefused ||
  error instanceof SchemaTooNew ||
  error instanceof StoreUnusable

async function status({ db, current }: Opened): Promise<readonly string[]> {
  const keys = await listMasterKeys(db.read)
  const own = fingerprintOf(current)
  const found = keys.map((key) => `${key}${key === own ? '  this one' : ''}`)
  return keys.includes(own) ? found : [...found, `${own}  this one: it does not open the store`]
}

async function rotate({ db, current, newKeyFile }: Opened): Promise<readonly string[]> {
  if (newKeyFile === undefined) throw new ConfigError(['rotate needs --new-key-file'])
  // Before anything is made: a key that does not open the store hands nothing on.
  await openStoreKey(db, current)
  const added = loadMasterKey(newKeyFile, { create: true })
  const isNew = await audited(db, current, 'RotateMasterKey', (tx) => admitMasterKey(tx, current, added))
  return [
    `${fingerprintOf(added)}  ${isNew ? 'opens the store from now on' : 'opens the store already'}`,
    `${fingerprintOf(current)}  still opens it: start each controller with --master-key-file ${newKeyFile}, then`,
    `muster-controller master-key retire --master-key-file ${newKeyFile}`,
  ]
}

async function retire({ db, current }: Opened): Promise<readonly string[]> {
  const retired = await audited(db, current, 'RetireMasterKeys', (tx) => retireOthers(tx, current))
  if (retired.length === 0) return [`${fingerprintOf(current)}  is the only key that opens the store`]
  return retired.map((key) => `${key}  opens the store no more; keep it as long as you keep backups from before`)
}

/** Whoever can do this has the store and its key in hand, which is more than root's access key. */
async function audited<T>(
  db: Database,
  current: Uint8Array,
  operation: string,
  change: (tx: Tx) => Promise<T>,
): Promise<T> {
  const sealer = createSealer(await openStoreKey(db, current))
  const deps = { db, sealer, ids: systemIds, clock: systemClock }
  const { accountId } = await initialiseAccess(deps)
  const audit = createAudit({
    ...deps,
    ...{ log: createLog({ level: 'warn' }), metrics: createMetrics(), controllerId: SOURCE },
  })
  const caller = { ...rootPrincipal({ accountId, region: '' }), source: SOURCE }
  return db.write(async (tx) => {
    const result = await change(tx)
    await audit.write(tx, {
      ...{ at: systemClock.now(), requestId: randomUUID(), caller, operation, action: `muster:${operation}` },
      ...{ resources: ['*'], decision: 'Allowed', result: 'OK' },
    })
    return result
  })
}
