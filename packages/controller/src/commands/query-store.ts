import { type RawBuilder, sql } from 'kysely'
import { type Reader, startsWith } from '#db/index.ts'
import { COMMAND_COLUMNS, INVOCATION_COLUMNS, type ListedCommand, type ListedInvocation } from './list-store.ts'
import { type ColumnCondition, type Key, statesByUrgency } from './query-keys.ts'
import type { CommandTables } from './tables.ts'

export interface Order {
  readonly key: Key
  readonly descending: boolean
}

export interface Part {
  readonly order: Order | undefined
  readonly offset: number
  readonly limit: number
}

/** A part of the commands that meet conditions; without an order the newest first. */
export function sliceCommands(
  db: Reader,
  conditions: readonly ColumnCondition[],
  { order, offset, limit }: Part,
): Promise<ListedCommand[]> {
  let query = db.withTables<CommandTables>().selectFrom('command').select(COMMAND_COLUMNS).where(all(conditions))
  query = order
    ? query.orderBy(sortedAs(order.key), directionOf(order)).orderBy('command.key', 'desc')
    : query.orderBy('command.requested_at', 'desc').orderBy('command.key', 'desc')
  return query.offset(offset).limit(limit).execute()
}

/** A part of the invocations that meet conditions; without an order those of the newest command first. */
export function sliceInvocations(
  db: Reader,
  conditions: readonly ColumnCondition[],
  { order, offset, limit }: Part,
): Promise<ListedInvocation[]> {
  let query = db
    .withTables<CommandTables>()
    .selectFrom('command_invocation')
    .innerJoin('command', 'command.key', 'command_invocation.command_key')
    .select(INVOCATION_COLUMNS)
    .where(all(conditions))
  if (order) query = query.orderBy(sortedAs(order.key), directionOf(order))
  return query
    .orderBy('command_invocation.command_key', 'desc')
    .orderBy('command_invocation.node_key')
    .offset(offset)
    .limit(limit)
    .execute()
}

const FROM = {
  command: sql`command`,
  invocation: sql`command_invocation inner join command on command.key = command_invocation.command_key`,
}
export type Counted = keyof typeof FROM

/** How many meet conditions. */
export async function countAll(db: Reader, of: Counted, conditions: readonly ColumnCondition[]): Promise<number> {
  const statement = sql<{ count: number }>`select count(*) as count from ${FROM[of]} where ${all(conditions)}`
  return Number((await statement.execute(db)).rows[0]?.count ?? 0)
}

/** How many there are of each value of a column. */
export async function countBy(
  db: Reader,
  of: Counted,
  conditions: readonly ColumnCondition[],
  column: string,
): Promise<{ readonly value: string; readonly count: number }[]> {
  const ref = sql.ref(column)
  const statement = sql<{ value: string | null; count: number }>`
    select ${ref} as value, count(*) as count from ${FROM[of]} where ${all(conditions)} group by ${ref}`
  return (await statement.execute(db)).rows.map(({ value, count }) => ({ value: value ?? '', count: Number(count) }))
}

const ALWAYS = sql<boolean>`(1 = 1)`
const NEVER = sql<boolean>`(1 = 0)`

const all = (conditions: readonly ColumnCondition[]): RawBuilder<boolean> =>
  conditions.length === 0 ? ALWAYS : sql<boolean>`${sql.join(conditions.map(toSql), sql` and `)}`

function toSql(condition: ColumnCondition): RawBuilder<boolean> {
  const ref = sql.ref(condition.column)
  switch (condition.kind) {
    case 'in':
      if (condition.values.length === 0) return condition.not ? ALWAYS : NEVER
      return condition.not
        ? sql<boolean>`(${ref} is null or ${ref} not in (${sql.join(condition.values)}))`
        : sql<boolean>`${ref} in (${sql.join(condition.values)})`
    case 'begin':
      return sql<boolean>`(${sql.join(
        condition.prefixes.map((prefix) => startsWith(condition.column, prefix)),
        sql` or `,
      )})`
    case 'order':
      return condition.operator === '<'
        ? sql<boolean>`${ref} < ${condition.value}`
        : sql<boolean>`${ref} > ${condition.value}`
  }
}

// Where nulls stand differs between the engines.
function sortedAs(key: Key): RawBuilder<unknown> {
  const ref = sql.ref(key.column)
  if (key.kind === 'text') return sql`coalesce(${ref}, '')`
  if (key.kind !== 'state') return sql`coalesce(${ref}, 0)`
  const ranks = statesByUrgency(key.words).map((state, rank) => sql`when ${sql.lit(state)} then ${sql.lit(rank)}`)
  return sql`case ${ref} ${sql.join(ranks, sql` `)} end`
}

const directionOf = ({ descending }: Order) => (descending ? 'desc' : 'asc')
