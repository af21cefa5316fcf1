import type { QueriedCommand, QueriedInvocation } from '@muster/protocol/api'
import type { Reader } from '#db/index.ts'
import { type Facet, type Query, type QueryAnswer, toFacet } from '#kit/query.ts'
import type { CommandsDeps } from './deps.ts'
import { type ColumnCondition, commandKeys, invocationKeys, type Key, type Keys, readConditions } from './query-keys.ts'
import { type Counted, countAll, countBy, type Part, sliceCommands, sliceInvocations } from './query-store.ts'
import { showInvocations } from './show.ts'
import { toCommand } from './wire.ts'

type QueryDeps = Pick<CommandsDeps, 'sealer' | 'fleet'>

/** Commands for QueryResources. */
export async function queryCommands(
  db: Reader,
  { sealer, fleet }: QueryDeps,
  query: Query,
): Promise<QueryAnswer<QueriedCommand>> {
  const plan = await planQuery(db, fleet, commandKeys, 'Commands', query)
  if ('problem' in plan) return plan
  const rows = await sliceCommands(db, plan.conditions, plan.part)
  const items = rows.map((row) => ({
    ...toCommand(sealer, row),
    RequestedBy: row.principal_arn,
    ...(row.ended_at !== null && { EndedDateTime: row.ended_at / 1000 }),
  }))
  return { items, ...(await count(db, 'command', plan)) }
}

/** Invocations of some commands or of some nodes for QueryResources. */
export async function queryInvocations(
  db: Reader,
  { fleet }: QueryDeps,
  query: Query,
): Promise<QueryAnswer<QueriedInvocation>> {
  const plan = await planQuery(db, fleet, invocationKeys, 'Invocations', query)
  if ('problem' in plan) return plan
  // Of all invocations there are too many to count or sort them.
  const isBounded = query.conditions.some(
    ({ key, operator = 'Equal' }) => operator === 'Equal' && (key === 'CommandId' || key === 'InstanceId'),
  )
  if (!isBounded)
    return { problem: 'filter', text: 'Invocations are queried by CommandId or by InstanceId, with Equal.' }
  const rows = await sliceInvocations(db, plan.conditions, plan.part)
  const shown = await showInvocations(db, fleet, rows, false)
  const items = rows.map((row, index) => ({
    ...shown[index],
    ...(row.reason !== null && { Reason: row.reason }),
    ...(row.started_at !== null && { StartedDateTime: row.started_at / 1000 }),
    ...(row.ended_at !== null && { EndedDateTime: row.ended_at / 1000 }),
  }))
  return { items, ...(await count(db, 'invocation', plan)) }
}

interface Plan {
  readonly conditions: readonly ColumnCondition[]
  readonly part: Part
  readonly facets: readonly { readonly name: string; readonly key: Key }[]
}

async function planQuery(
  db: Reader,
  fleet: QueryDeps['fleet'],
  keys: Keys,
  what: string,
  { conditions: given, sort, offset, limit, facets: names }: Query,
): Promise<Plan | Extract<QueryAnswer<never>, { readonly problem: string }>> {
  const read = readConditions(keys, given)
  if ('problem' in read) return { problem: 'filter', text: read.problem }
  const sortKey = sort && keys.get(sort.key)
  if (sort && !(sortKey && isSortable(sortKey)))
    return { problem: 'sort', text: `${what} cannot be sorted by ${sort.key}.` }
  const facets: { name: string; key: Key }[] = []
  for (const name of names) {
    const key = keys.get(name)
    if (!key || !isCountable(key)) return { problem: 'facets', text: `${what} cannot be counted by ${name}.` }
    facets.push({ name, key })
  }
  const conditions = [...read.conditions]
  for (const { column, ids } of read.nodes) {
    const nodeKeys: number[] = []
    for (const id of ids) nodeKeys.push((await fleet.findKey(db, id)) ?? -1)
    conditions.push({ kind: 'in', column, values: nodeKeys, not: false })
  }
  const order = sort && sortKey ? { key: sortKey, descending: sort.descending } : undefined
  return { conditions, part: { order, offset, limit }, facets }
}

const isSortable = (key: Key): boolean => key.kind !== 'text' || key.sorts === true
const isCountable = (key: Key): boolean => key.kind === 'state' || (key.kind === 'text' && key.counts === true)

async function count(
  db: Reader,
  of: Counted,
  { conditions, facets }: Plan,
): Promise<{ readonly total: number; readonly facets: readonly Facet[] }> {
  const counted: Facet[] = []
  for (const { name, key } of facets) {
    const rows = await countBy(db, of, conditions, key.column)
    counted.push(
      toFacet(
        name,
        rows.map(({ value, count: number }) => ({
          value: key.kind === 'state' ? (key.words[value]?.[key.word] ?? value) : value,
          count: number,
        })),
      ),
    )
  }
  return { total: await countAll(db, of, conditions), facets: counted }
}
