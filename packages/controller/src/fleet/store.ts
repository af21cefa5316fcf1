import type { Insertable, Selectable } from 'kysely'
import { type Dialect, fromJson, type Reader, type Tx, toJson } from '#db/index.ts'
import type { TagCondition, Tags } from '#tags/index.ts'
import type { FleetNode, HostFacts, PlatformType } from './node.ts'
import type { FleetTables, NodeRow } from './tables.ts'

const toFacts = (row: Selectable<NodeRow>): HostFacts => ({
  computerName: row.computer_name,
  ipAddress: row.ip_address,
  platformType: row.platform_type as PlatformType,
  platformName: row.platform_name,
  platformVersion: row.platform_version,
  architecture: row.architecture,
})

export const toNode = (row: Selectable<NodeRow>): FleetNode => ({
  key: row.key,
  id: row.id,
  activationId: row.activation_id,
  roleId: row.role_id,
  roleName: row.role_name,
  name: row.name ?? undefined,
  publicKey: row.public_key,
  keySince: row.key_since,
  nextPublicKey: row.next_public_key ?? undefined,
  rotationRequestedAt: row.rotation_requested_at ?? undefined,
  quarantinedAt: row.quarantined_at ?? undefined,
  quarantineCause: row.quarantine_cause ?? undefined,
  currentMachine: row.current_machine,
  registeredAt: row.registered_at,
  deregisteredAt: row.deregistered_at ?? undefined,
  host: toFacts(row),
  agentVersion: row.agent_version,
  linkVersion: row.link_version,
  actions: fromJson<string[]>(row.actions),
  policyMode: row.policy_mode,
  trouble: row.trouble,
  lastContactAt: row.last_contact_at ?? undefined,
  connected: row.connected !== 0,
})

const toFactColumns = (host: HostFacts) => ({
  computer_name: host.computerName,
  ip_address: host.ipAddress,
  platform_type: host.platformType,
  platform_name: host.platformName,
  platform_version: host.platformVersion,
  architecture: host.architecture,
})

/** What is known of a node when it enrols. */
export interface NewNode {
  readonly id: string
  readonly activationId: string
  readonly roleId: string
  readonly roleName: string
  readonly name: string | undefined
  readonly publicKey: Uint8Array
  readonly registeredAt: number
  readonly host: HostFacts
  readonly agentVersion: string
}

/** Writes a new node; an id that is taken ends the transaction. */
export async function insertNode(tx: Tx, node: NewNode): Promise<void> {
  const row: Insertable<NodeRow> = {
    id: node.id,
    activation_id: node.activationId,
    role_id: node.roleId,
    role_name: node.roleName,
    name: node.name ?? null,
    public_key: node.publicKey,
    key_since: node.registeredAt,
    next_public_key: null,
    rotation_requested_at: null,
    quarantined_at: null,
    quarantine_cause: null,
    current_machine: 1,
    registered_at: node.registeredAt,
    deregistered_at: null,
    ...toFactColumns(node.host),
    agent_version: node.agentVersion,
    link_version: 0,
    actions: toJson([]),
    policy_mode: '',
    trouble: '',
    last_contact_at: null,
    connected: 0,
  }
  const tables = tx.withTables<FleetTables>()
  const { key } = await tables.insertInto('fleet_node').values(row).returning('key').executeTakeFirstOrThrow()
  await tables
    .insertInto('fleet_machine')
    .values({
      node_key: key,
      number: 1,
      generation: 0,
      pending_generation: null,
      superseded_at: null,
      drop_unstarted: 0,
      computer_name: node.host.computerName,
      ip_address: node.host.ipAddress,
      source: '',
      boot_id: '',
      last_login_at: null,
    })
    .execute()
}

/** The node with this id, also one that is deregistered. */
export async function findNode(db: Reader, id: string): Promise<FleetNode | undefined> {
  const row = await db
    .withTables<FleetTables>()
    .selectFrom('fleet_node')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toNode(row)
}

export async function findNodeByKey(db: Reader, key: number): Promise<FleetNode | undefined> {
  const row = await db
    .withTables<FleetTables>()
    .selectFrom('fleet_node')
    .selectAll()
    .where('key', '=', key)
    .executeTakeFirst()
  return row && toNode(row)
}

/** Names of nodes, registered or not any more, by key. */
export async function findLabels(
  db: Reader,
  dialect: Dialect,
  keys: readonly number[],
): Promise<Map<number, { readonly id: string; readonly name: string | undefined; readonly registered: boolean }>> {
  if (keys.length === 0) return new Map()
  const rows = await db
    .withTables<FleetTables>()
    .selectFrom('fleet_node')
    .select(['key', 'id', 'name', 'deregistered_at'])
    .where(dialect.isOneOf('key', keys))
    .execute()
  return new Map(
    rows.map(({ key, id, name, deregistered_at }) => [
      key,
      { id, name: name ?? undefined, registered: deregistered_at === null },
    ]),
  )
}

/** What an agent says of itself at each login. */
export interface HelloFacts {
  readonly key: number
  readonly host: HostFacts
  readonly agentVersion: string
  readonly linkVersion: number
  readonly actions: readonly string[]
  readonly policyMode: string
}

const FACT_COLUMNS = {
  key: 'int',
  computer_name: 'text',
  ip_address: 'text',
  platform_type: 'text',
  platform_name: 'text',
  platform_version: 'text',
  architecture: 'text',
  agent_version: 'text',
  link_version: 'int',
  actions: 'text',
  policy_mode: 'text',
  trouble: 'text',
} as const

/** Facts of many nodes by one statement; the latest of a node counts. */
export async function updateFacts(tx: Tx, dialect: Dialect, facts: readonly HelloFacts[]): Promise<void> {
  const rows = facts.map((fact) => ({
    key: fact.key,
    ...toFactColumns(fact.host),
    agent_version: fact.agentVersion,
    link_version: fact.linkVersion,
    actions: toJson(fact.actions),
    policy_mode: fact.policyMode,
    // Said again by the first heartbeat where it is still so.
    trouble: '',
  }))
  await dialect.updateMany(tx, { table: 'fleet_node', columns: FACT_COLUMNS, key: ['key'] }, latest(rows))
}

/** What agents say is wrong with their hosts. */
export async function updateTroubles(
  tx: Tx,
  dialect: Dialect,
  troubles: readonly { readonly nodeKey: number; readonly trouble: string }[],
): Promise<void> {
  const rows = troubles.map(({ nodeKey, trouble }) => ({ key: nodeKey, trouble }))
  const columns = { key: 'int', trouble: 'text' } as const
  await dialect.updateMany(tx, { table: 'fleet_node', columns, key: ['key'] }, latest(rows))
}

const CONTACT_COLUMNS = { key: 'int', last_contact_at: 'int' } as const
const CONNECTED_COLUMN = { connected: 'int' } as const

/** When nodes were last heard of, by one statement; `connected` is set when it is given. */
export async function updateContacts(
  tx: Tx,
  dialect: Dialect,
  contacts: readonly { readonly nodeKey: number; readonly at: number }[],
  connected?: boolean,
): Promise<void> {
  const state = connected === undefined ? undefined : { connected: connected ? 1 : 0 }
  const rows = contacts.map(({ nodeKey, at }) => ({ key: nodeKey, last_contact_at: Math.floor(at), ...state }))
  const columns = { ...CONTACT_COLUMNS, ...(state && CONNECTED_COLUMN) }
  await dialect.updateMany(tx, { table: 'fleet_node', columns, key: ['key'] }, latest(rows))
}

const latest = <R extends { readonly key: number }>(rows: readonly R[]): R[] => [
  ...new Map(rows.map((row) => [row.key, row])).values(),
]

/** These nodes have no link; without keys none has, which is true when the only controller starts. */
export async function clearConnected(tx: Tx, dialect: Dialect, nodeKeys?: readonly number[]): Promise<void> {
  const cleared = tx
    .withTables<FleetTables>()
    .updateTable('fleet_node')
    .set({ connected: 0 })
    .where('connected', '=', 1)
  await (nodeKeys === undefined ? cleared : cleared.where(dialect.isOneOf('key', nodeKeys))).execute()
}

/** Gives a registered node another role; false when there is no such node. */
export async function updateRole(
  tx: Tx,
  id: string,
  role: { readonly id: string; readonly name: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .withTables<FleetTables>()
    .updateTable('fleet_node')
    .set({ role_id: role.id, role_name: role.name })
    .where('id', '=', id)
    .where('deregistered_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Ends a node's registration; its key, or undefined when there is no such registered node. */
export async function endRegistration(tx: Tx, id: string, at: number): Promise<number | undefined> {
  const row = await tx
    .withTables<FleetTables>()
    .updateTable('fleet_node')
    .set({ deregistered_at: at, connected: 0 })
    .where('id', '=', id)
    .where('deregistered_at', 'is', null)
    .returning('key')
    .executeTakeFirst()
  return row?.key
}

/** What the use of a target needs of its node; small, since a selection may hold the whole fleet. */
export interface SelectedNode {
  readonly key: number
  readonly id: string
  readonly host: { readonly platformType: PlatformType }
}

/** Registered nodes, by key, that are among the ids, meet all tag conditions, and meet one of the sets: whichever is given. */
export async function selectNodes(
  db: Reader,
  tags: Pick<Tags, 'idsMatching'>,
  dialect: Dialect,
  by: {
    readonly ids?: readonly string[]
    readonly tags: readonly TagCondition[]
    readonly anyOf?: readonly (readonly TagCondition[])[] | undefined
  },
): Promise<SelectedNode[]> {
  let query = db
    .withTables<FleetTables>()
    .selectFrom('fleet_node')
    .select(['key', 'id', 'platform_type'])
    .where('deregistered_at', 'is', null)
  if (by.ids) query = query.where(dialect.isOneOf('id', by.ids))
  if (by.tags.length > 0) query = query.where('id', 'in', tags.idsMatching(db, 'ManagedInstance', by.tags))
  const { anyOf } = by
  if (anyOf)
    query = query.where(({ eb, or }) =>
      or(anyOf.map((set) => eb('id', 'in', tags.idsMatching(db, 'ManagedInstance', set)))),
    )
  const rows = await query.orderBy('key').execute()
  return rows.map(({ key, id, platform_type }) => ({ key, id, host: { platformType: platform_type as PlatformType } }))
}
