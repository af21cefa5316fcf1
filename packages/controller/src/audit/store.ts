import { type SqlBool, sql } from 'kysely'
import type { ColumnKind, Dialect, Reader, Tx } from '#db/index.ts'
import type { AuditTables, NumberedTables, WrittenRow } from './tables.ts'

type NewRow = AuditTables['audit_event']

const COLUMNS: Readonly<Record<string, ColumnKind>> = {
  ...{ at: 'int', request_id: 'text', principal_id: 'text', principal_arn: 'text', session: 'text', source: 'text' },
  ...{ operation: 'text', action: 'text', resources: 'text', parameters_mac: 'bytes', decision: 'text' },
  ...{ result: 'text', why: 'text', mac: 'bytes' },
}

/** Writes one line of the audit trail in the transaction of what it tells about. */
export async function insertRow(tx: Tx, row: WrittenRow, mac: Uint8Array): Promise<void> {
  const value: NewRow = { ...row, mac, number: null, hash: null }
  await tx.withTables<AuditTables>().insertInto('audit_event').values(value).execute()
}

/** Writes many, in their order. */
export async function insertRows(
  tx: Tx,
  dialect: Dialect,
  rows: readonly (WrittenRow & { readonly mac: Uint8Array })[],
): Promise<void> {
  await dialect.insertMany(tx, { table: 'audit_event', columns: COLUMNS }, [...rows])
}

/** What a page of the trail is asked for. */
export interface TrailQuery {
  readonly principalArn?: string | undefined
  readonly operation?: string | undefined
  readonly action?: string | undefined
  readonly resource?: string | undefined
  readonly decision?: string | undefined
  readonly result?: string | undefined
  readonly requestId?: string | undefined
  /** Milliseconds, both inclusive. */
  readonly from?: number | undefined
  readonly to?: number | undefined
}

export type TrailRow = NumberedTables['audit_event']

const events = (db: Reader) => db.withTables<NumberedTables>().selectFrom('audit_event')

/** Rows with keys from `floor` up to `ceiling` that match, newest first: as much as one look goes through. */
export function findRows(
  db: Reader,
  query: TrailQuery,
  { floor, ceiling, limit }: { readonly floor: number; readonly ceiling: number; readonly limit: number },
): Promise<TrailRow[]> {
  const { resource, from, to } = query
  const equal = {
    ...{ principal_arn: query.principalArn, operation: query.operation, action: query.action },
    ...{ decision: query.decision, result: query.result, request_id: query.requestId },
  }
  let rows = events(db).selectAll().where('seq', '>=', floor).where('seq', '<=', ceiling)
  for (const [column, value] of Object.entries(equal))
    if (value !== undefined) rows = rows.where(column as keyof typeof equal, '=', value)
  if (from !== undefined) rows = rows.where('at', '>=', from)
  if (to !== undefined) rows = rows.where('at', '<=', to)
  if (resource !== undefined) rows = rows.where(names(resource))
  return rows.orderBy('seq', 'desc').limit(limit).execute()
}

/** The list of a row holds this text as an element; its own JSON form is looked for, quotes included. */
const names = (resource: string) => {
  const element = JSON.stringify(resource)
  return sql<SqlBool>`replace(resources, ${element}, '') <> resources`
}

/** Key and time of the newest row with a key up to `seq`. */
export const findRowAt = (db: Reader, seq: number): Promise<{ seq: number; at: number } | undefined> =>
  events(db).select(['seq', 'at']).where('seq', '<=', seq).orderBy('seq', 'desc').limit(1).executeTakeFirst()
