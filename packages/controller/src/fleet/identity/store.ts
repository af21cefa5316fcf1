import { type Dialect, fromFlag, type Reader, type Tx, toFlag } from '#db/index.ts'
import type { FleetTables, MachineRow } from '#fleet/tables.ts'
import type { Machine, QuarantineCause } from './judge.ts'

/** A machine with what it said of itself at its last login. */
export interface KnownMachine extends Machine {
  readonly nodeKey: number
  readonly computerName: string
  readonly ipAddress: string
  /** Where its connection came from. */
  readonly source: string
  readonly bootId: string
  readonly lastLoginAt: number | undefined
}

/** The node as a login changes it. */
export interface IdentityRow {
  readonly key: number
  readonly id: string
  readonly publicKey: Uint8Array
  readonly nextPublicKey: Uint8Array | undefined
  readonly quarantined: boolean
  readonly currentMachine: number
}

const tables = (db: Reader) => db.withTables<FleetTables>()

const toMachine = (row: MachineRow): KnownMachine => ({
  nodeKey: row.node_key,
  number: row.number,
  generation: row.generation,
  pendingGeneration: row.pending_generation ?? undefined,
  superseded: row.superseded_at !== null,
  dropUnstarted: fromFlag(row.drop_unstarted),
  computerName: row.computer_name,
  ipAddress: row.ip_address,
  source: row.source,
  bootId: row.boot_id,
  lastLoginAt: row.last_login_at ?? undefined,
})

const toRow = (machine: KnownMachine) => ({
  node_key: machine.nodeKey,
  number: machine.number,
  generation: machine.generation,
  pending_generation: machine.pendingGeneration ?? null,
  drop_unstarted: toFlag(machine.dropUnstarted),
  computer_name: machine.computerName,
  ip_address: machine.ipAddress,
  source: machine.source,
  boot_id: machine.bootId,
  last_login_at: machine.lastLoginAt ?? null,
})

const COLUMNS = {
  node_key: 'int',
  number: 'int',
  generation: 'int',
  pending_generation: 'int',
  drop_unstarted: 'int',
  computer_name: 'text',
  ip_address: 'text',
  source: 'text',
  boot_id: 'text',
  last_login_at: 'int',
} as const

/** Identities of nodes by key, locked until the transaction ends. */
export async function lockIdentities(
  tx: Tx,
  dialect: Dialect,
  nodeKeys: readonly number[],
): Promise<Map<number, IdentityRow>> {
  const query = tables(tx)
    .selectFrom('fleet_node')
    .select(['key', 'id', 'public_key', 'next_public_key', 'quarantined_at', 'current_machine'])
    .where(dialect.isOneOf('key', nodeKeys))
    .orderBy('key')
  const rows = await dialect.forUpdate(query).execute()
  return new Map(
    rows.map((row) => [
      row.key,
      {
        key: row.key,
        id: row.id,
        publicKey: row.public_key,
        nextPublicKey: row.next_public_key ?? undefined,
        quarantined: row.quarantined_at !== null,
        currentMachine: row.current_machine,
      },
    ]),
  )
}

/** Machines of these nodes, by node and number. */
export async function findMachines(
  db: Reader,
  dialect: Dialect,
  nodeKeys: readonly number[],
): Promise<Map<number, KnownMachine[]>> {
  if (nodeKeys.length === 0) return new Map()
  const rows = await tables(db)
    .selectFrom('fleet_machine')
    .selectAll()
    .where(dialect.isOneOf('node_key', nodeKeys))
    .orderBy('node_key')
    .orderBy('number')
    .execute()
  return Map.groupBy(rows.map(toMachine), ({ nodeKey }) => nodeKey)
}

export async function insertMachines(tx: Tx, dialect: Dialect, machines: readonly KnownMachine[]): Promise<void> {
  await dialect.insertMany(tx, { table: 'fleet_machine', columns: COLUMNS }, machines.map(toRow))
}

export async function updateMachines(tx: Tx, dialect: Dialect, machines: readonly KnownMachine[]): Promise<void> {
  const update = { table: 'fleet_machine', key: ['node_key', 'number'], columns: COLUMNS }
  await dialect.updateMany(tx, update, machines.map(toRow))
}

/** Which machines were let in. */
export async function updateCurrentMachines(
  tx: Tx,
  dialect: Dialect,
  machines: readonly { readonly nodeKey: number; readonly number: number }[],
): Promise<void> {
  const update = { table: 'fleet_node', key: ['key'], columns: { key: 'int', current_machine: 'int' } } as const
  const rows = machines.map(({ nodeKey, number }) => ({ key: nodeKey, current_machine: number }))
  await dialect.updateMany(tx, update, rows)
}

export async function startQuarantine(tx: Tx, nodeKey: number, cause: QuarantineCause, at: number): Promise<void> {
  await tables(tx)
    .updateTable('fleet_node')
    .set({ quarantined_at: at, quarantine_cause: cause, connected: 0 })
    .where('key', '=', nodeKey)
    .where('quarantined_at', 'is', null)
    .execute()
}

/** One machine goes on; every other of the node never logs in again. */
export async function endQuarantine(tx: Tx, nodeKey: number, machine: number, at: number): Promise<void> {
  await tables(tx)
    .updateTable('fleet_node')
    .set({ quarantined_at: null, quarantine_cause: null, current_machine: machine })
    .where('key', '=', nodeKey)
    .execute()
  await tables(tx)
    .updateTable('fleet_machine')
    .set({ superseded_at: at })
    .where('node_key', '=', nodeKey)
    .where('number', '<>', machine)
    .where('superseded_at', 'is', null)
    .execute()
  await tables(tx)
    .updateTable('fleet_machine')
    .set({ drop_unstarted: 1 })
    .where('node_key', '=', nodeKey)
    .where('number', '=', machine)
    .execute()
}

/** Those of these nodes that are in quarantine, with the cause. */
export async function findQuarantined(
  db: Reader,
  dialect: Dialect,
  nodeKeys: readonly number[],
): Promise<Map<number, string>> {
  if (nodeKeys.length === 0) return new Map()
  const rows = await tables(db)
    .selectFrom('fleet_node')
    .select(['key', 'quarantine_cause'])
    .where(dialect.isOneOf('key', nodeKeys))
    .where('quarantined_at', 'is not', null)
    .execute()
  return new Map(rows.map(({ key, quarantine_cause }) => [key, quarantine_cause ?? '']))
}

/** A node as `DescribeNodeIdentities` shows it. */
export interface ListedIdentity {
  readonly key: number
  readonly id: string
  readonly publicKey: Uint8Array
  readonly keySince: number
  readonly rotationRequestedAt: number | undefined
  readonly quarantinedAt: number | undefined
  readonly cause: QuarantineCause | undefined
}

/** A page of registered nodes by key. */
export async function listIdentities(
  db: Reader,
  dialect: Dialect,
  filter: {
    readonly ids: readonly string[] | undefined
    readonly quarantined: boolean | undefined
    readonly after: number
    readonly limit: number
  },
): Promise<ListedIdentity[]> {
  let query = tables(db)
    .selectFrom('fleet_node')
    .select(['key', 'id', 'public_key', 'key_since', 'rotation_requested_at', 'quarantined_at', 'quarantine_cause'])
    .where('deregistered_at', 'is', null)
    .where('key', '>', filter.after)
  if (filter.ids) query = query.where(dialect.isOneOf('id', filter.ids))
  if (filter.quarantined !== undefined)
    query = query.where('quarantined_at', filter.quarantined ? 'is not' : 'is', null)
  const rows = await query.orderBy('key').limit(filter.limit).execute()
  return rows.map((row) => ({
    key: row.key,
    id: row.id,
    publicKey: row.public_key,
    keySince: row.key_since,
    rotationRequestedAt: row.rotation_requested_at ?? undefined,
    quarantinedAt: row.quarantined_at ?? undefined,
    cause: (row.quarantine_cause as QuarantineCause | null) ?? undefined,
  }))
}

/** Every node in quarantine that is still registered. */
export async function findAllQuarantined(db: Reader): Promise<number[]> {
  const rows = await tables(db)
    .selectFrom('fleet_node')
    .select('key')
    .where('quarantined_at', 'is not', null)
    .where('deregistered_at', 'is', null)
    .execute()
  return rows.map(({ key }) => key)
}
