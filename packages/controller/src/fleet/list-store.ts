import { type SelectQueryBuilder, sql } from 'kysely'
import { type Reader, startsWith } from '#db/index.ts'
import type { Tags } from '#tags/index.ts'
import type { FieldCondition, NodeFilter, TextField, TimeField } from './filter.ts'
import { type FleetNode, type PingStatus, pingStatus } from './node.ts'
import { toNode } from './store.ts'
import type { FleetTables } from './tables.ts'
import { compareVersions } from './versions.ts'

export const COLUMNS = {
  id: 'id',
  name: 'name',
  computerName: 'computer_name',
  ipAddress: 'ip_address',
  platformType: 'platform_type',
  platformName: 'platform_name',
  platformVersion: 'platform_version',
  architecture: 'architecture',
  agentVersion: 'agent_version',
  activationId: 'activation_id',
  roleName: 'role_name',
  policyMode: 'policy_mode',
  registeredAt: 'registered_at',
  lastContactAt: 'last_contact_at',
} as const satisfies Readonly<Record<TextField | TimeField, string>>

// An empty list is no SQL for one engine, and no alternatives at all would hold for every row.
const NEVER = sql<boolean>`(1 = 0)`

type NodeQuery<O> = SelectQueryBuilder<FleetTables, 'fleet_node', O>
type TagIndex = Pick<Tags, 'idsMatching'>

/** A page of registered nodes by key. */
export async function listNodes(
  db: Reader,
  tags: TagIndex,
  filter: NodeFilter,
  page: { readonly after: number; readonly limit: number },
): Promise<FleetNode[]> {
  if (filter.nothing) return []
  const query = narrowed(db, tags, await withVersions(db, filter))
    .selectAll()
    .where('key', '>', page.after)
  return (await query.orderBy('key').limit(page.limit).execute()).map(toNode)
}

/** How many registered nodes there are for each combination of values of these columns, in their order. */
export async function countNodesBy(
  db: Reader,
  tags: TagIndex,
  filter: NodeFilter,
  fields: readonly TextField[],
): Promise<{ readonly values: readonly string[]; readonly count: number }[]> {
  if (filter.nothing) return []
  const columns = fields.map((field) => COLUMNS[field])
  let query = narrowed(db, tags, await withVersions(db, filter)).select(({ fn }) => fn.countAll().as('count'))
  for (const column of columns) query = query.select(column).groupBy(column).orderBy(column)
  const rows = (await query.execute()) as (Record<string, string | null> & { count: number | string })[]
  return rows
    .map((row) => ({ values: columns.map((column) => row[column] ?? ''), count: Number(row.count) }))
    .filter(({ count }) => count > 0)
}

/** How many registered nodes are in each state of their link, by what the rows say. */
export async function countNodesByPing(
  db: Reader,
  tags: TagIndex,
  filter: NodeFilter,
): Promise<{ readonly status: PingStatus; readonly count: number }[]> {
  if (filter.nothing) return []
  const seen = sql<number>`case when last_contact_at is null then 0 else 1 end`
  const rows = await narrowed(db, tags, await withVersions(db, filter))
    .select(['connected', seen.as('seen')])
    .select(({ fn }) => fn.countAll().as('count'))
    .groupBy(['connected', seen])
    .execute()
  return rows.map((row) => ({
    status: pingStatus(row.connected !== 0, Number(row.seen) === 0 ? undefined : 0),
    count: Number(row.count),
  }))
}

export interface NodeOrder {
  readonly by: readonly (TextField | TimeField | 'connected')[]
  readonly descending: boolean
}

/** A part of the registered nodes in an order; equal ones stand by key. */
export async function sliceNodes(
  db: Reader,
  tags: TagIndex,
  filter: NodeFilter,
  part: { readonly order: NodeOrder; readonly offset: number; readonly limit: number },
): Promise<FleetNode[]> {
  if (filter.nothing) return []
  const direction = part.order.descending ? 'desc' : 'asc'
  let query = narrowed(db, tags, await withVersions(db, filter)).selectAll()
  for (const field of part.order.by) query = query.orderBy(sortedAs(field), direction)
  return (await query.orderBy('key').offset(part.offset).limit(part.limit).execute()).map(toNode)
}

// Where nulls stand differs between the engines.
function sortedAs(field: TextField | TimeField | 'connected') {
  if (field === 'connected') return sql`connected`
  const isTime = field === 'registeredAt' || field === 'lastContactAt'
  return sql`coalesce(${sql.ref(COLUMNS[field])}, ${isTime ? sql.lit(0) : sql.lit('')})`
}

function narrowed(db: Reader, tags: TagIndex, filter: NodeFilter): NodeQuery<object> {
  let query = db.withTables<FleetTables>().selectFrom('fleet_node').where('deregistered_at', 'is', null)
  for (const condition of filter.fields) query = narrowByField(query, condition)
  if (filter.tags.length > 0) query = query.where('id', 'in', tags.idsMatching(db, 'ManagedInstance', filter.tags))
  for (const condition of filter.withoutTags)
    query = query.where('id', 'not in', tags.idsMatching(db, 'ManagedInstance', [condition]))
  return filter.pingStatuses ? narrowByPing(query, filter.pingStatuses) : query
}

function narrowByField(query: NodeQuery<object>, condition: FieldCondition): NodeQuery<object> {
  const column = COLUMNS[condition.field]
  if ('at' in condition) return query.where(column, condition.operator === 'LessThan' ? '<' : '>', condition.at)
  const { operator, values } = condition
  switch (operator) {
    case 'Equal':
      return values.length === 0 ? query.where(NEVER) : query.where(column, 'in', values)
    case 'NotEqual':
      return query.where(({ or, eb }) => or([eb(column, 'is', null), eb(column, 'not in', values)]))
    case 'BeginWith':
      return query.where(({ or }) => or(values.map((prefix) => startsWith(column, prefix))))
    default:
      throw new Error(`${condition.field} ${operator} reached the store without its versions`)
  }
}

const narrowByPing = (query: NodeQuery<object>, statuses: readonly PingStatus[]): NodeQuery<object> =>
  query.where(({ and, or, eb }) =>
    or([
      ...(statuses.includes('Online') ? [eb('connected', '=', 1)] : []),
      ...(statuses.includes('ConnectionLost')
        ? [and([eb('connected', '=', 0), eb('last_contact_at', 'is not', null)])]
        : []),
      ...(statuses.includes('Inactive') ? [and([eb('connected', '=', 0), eb('last_contact_at', 'is', null)])] : []),
      ...(statuses.length === 0 ? [NEVER] : []),
    ]),
  )

/** An order of versions is no order of texts: it becomes the list of those of the fleet's versions that meet it. */
async function withVersions(db: Reader, filter: NodeFilter): Promise<NodeFilter> {
  const fields: FieldCondition[] = []
  for (const condition of filter.fields) {
    const isOrder = condition.operator === 'LessThan' || condition.operator === 'GreaterThan'
    if ('at' in condition || !isOrder) fields.push(condition)
    else fields.push({ ...condition, operator: 'Equal', values: await versionsThatMeet(db, condition) })
  }
  return { ...filter, fields }
}

async function versionsThatMeet(
  db: Reader,
  { field, operator, values: [bound = ''] }: Extract<FieldCondition, { readonly values: readonly string[] }>,
): Promise<string[]> {
  const column = COLUMNS[field]
  const rows = await db.withTables<FleetTables>().selectFrom('fleet_node').select(column).distinct().execute()
  return (rows as Record<string, string | null>[])
    .map((row) => row[column] ?? '')
    .filter((version) => {
      const order = compareVersions(version, bound)
      return operator === 'LessThan' ? order < 0 : order > 0
    })
}
