import { sql } from 'kysely'
import type { Database, Reader, Tx } from '#db/index.ts'
import type { CommandTables } from './tables.ts'

type Dialect = Database['dialect']

const CHILDREN = [
  ...(['command_upload', 'command_segment', 'command_output', 'command_step', 'command_invocation'] as const),
] as const

/** Commands that ended or were given up before a time, oldest first. */
export async function findOldCommands(
  db: Reader,
  before: number,
  limit: number,
): Promise<{ readonly key: number; readonly targets: number }[]> {
  const rows = await db
    .withTables<CommandTables>()
    .selectFrom('command')
    .select(['key', 'target_count'])
    .where('requested_at', '<', before)
    .where('expires_at', '<', before)
    .where('terminal', '=', 1)
    .orderBy('requested_at')
    .orderBy('key')
    .limit(limit)
    .execute()
  return rows.map(({ key, target_count }) => ({ key, targets: target_count }))
}

/** Removes commands and all that belongs to them; answers the places of their segments. */
export async function removeCommands(tx: Tx, dialect: Dialect, keys: readonly number[]): Promise<string[]> {
  const places = await placesOf(tx, dialect, keys)
  const tables = tx.withTables<CommandTables>()
  for (const table of CHILDREN) await tables.deleteFrom(table).where(dialect.isOneOf('command_key', keys)).execute()
  await tables.deleteFrom('command').where(dialect.isOneOf('key', keys)).execute()
  return places
}

/** Drops the bytes of streams in segments, and leaves the commands and what is known of the streams; answers the places. */
export async function removeOutput(tx: Tx, dialect: Dialect, keys: readonly number[]): Promise<string[]> {
  const places = await placesOf(tx, dialect, keys)
  const tables = tx.withTables<CommandTables>()
  await tables.deleteFrom('command_segment').where(dialect.isOneOf('command_key', keys)).execute()
  await tables
    .updateTable('command_output')
    .set((row) => ({ kept: 0, sealed: 0, dropped: row.ref('total'), complete: 1 }))
    .where(dialect.isOneOf('command_key', keys))
    .where('inline', 'is', null)
    .execute()
  return places
}

async function placesOf(tx: Tx, dialect: Dialect, keys: readonly number[]): Promise<string[]> {
  const rows = await tx
    .withTables<CommandTables>()
    .selectFrom('command_segment')
    .select('place')
    .distinct()
    .where(dialect.isOneOf('command_key', keys))
    .execute()
  return rows.map(({ place }) => place)
}

/** Those of these places that no segment names: equal bytes of two streams are one object. */
export async function findUnused(db: Reader, dialect: Dialect, places: readonly string[]): Promise<string[]> {
  if (places.length === 0) return []
  const rows = await db
    .withTables<CommandTables>()
    .selectFrom('command_segment')
    .select('place')
    .distinct()
    .where(dialect.isOneOf('place', places))
    .execute()
  const used = new Set(rows.map(({ place }) => place))
  return places.filter((place) => !used.has(place))
}

/** Bytes of output in segments, all commands together. */
export async function sumOutput(db: Reader): Promise<number> {
  const row = await db
    .withTables<CommandTables>()
    .selectFrom('command_segment')
    .select(sql<number>`coalesce(sum(length), 0)`.as('bytes'))
    .executeTakeFirstOrThrow()
  return Number(row.bytes)
}

/** The oldest commands that have segments and are over, with their bytes. */
export async function findOldestOutput(db: Reader, limit: number): Promise<{ key: number; bytes: number }[]> {
  const rows = await db
    .withTables<CommandTables>()
    .selectFrom('command_segment')
    .innerJoin('command', 'command.key', 'command_segment.command_key')
    .select(['command.key', sql<number>`sum(command_segment.length)`.as('bytes')])
    .where('command.terminal', '=', 1)
    .groupBy('command.key')
    .orderBy('command.key')
    .limit(limit)
    .execute()
  return rows.map(({ key, bytes }) => ({ key, bytes: Number(bytes) }))
}
