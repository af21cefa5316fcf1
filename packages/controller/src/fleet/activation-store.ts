import type { Selectable } from 'kysely'
import { follows, fromJson, type Reader, type Tx, toJson } from '#db/index.ts'
import type { Tag } from '#tags/index.ts'
import type { Activation } from './activation.ts'
import type { ActivationRow, FleetTables } from './tables.ts'

const toActivation = (row: Selectable<ActivationRow>): Activation => ({
  id: row.id,
  codeMac: row.code_mac,
  roleId: row.role_id,
  roleName: row.role_name,
  description: row.description ?? undefined,
  defaultName: row.default_name ?? undefined,
  limit: row.registration_limit,
  used: row.registrations_count,
  expiresAt: row.expires_at,
  createdAt: row.created_at,
  createdBy: row.created_by,
  tags: fromJson<Tag[]>(row.tags),
})

export async function insertActivation(tx: Tx, activation: Activation): Promise<void> {
  await tx
    .withTables<FleetTables>()
    .insertInto('fleet_activation')
    .values({
      id: activation.id,
      code_mac: activation.codeMac,
      role_id: activation.roleId,
      role_name: activation.roleName,
      description: activation.description ?? null,
      default_name: activation.defaultName ?? null,
      registration_limit: activation.limit,
      registrations_count: activation.used,
      expires_at: activation.expiresAt,
      created_at: activation.createdAt,
      created_by: activation.createdBy,
      tags: toJson(activation.tags),
    })
    .execute()
}

export async function findActivation(db: Reader, id: string): Promise<Activation | undefined> {
  const row = await db
    .withTables<FleetTables>()
    .selectFrom('fleet_activation')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toActivation(row)
}

/** Takes one registration of an activation, if it has one left at this time. */
export async function takeRegistration(tx: Tx, id: string, at: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .withTables<FleetTables>()
    .updateTable('fleet_activation')
    .set((row) => ({ registrations_count: row('registrations_count', '+', 1) }))
    .where('id', '=', id)
    .where('expires_at', '>', at)
    .whereRef('registrations_count', '<', 'registration_limit')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function removeActivation(tx: Tx, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .withTables<FleetTables>()
    .deleteFrom('fleet_activation')
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Which activations to list; each given list is one that the activation must be in. */
export interface ActivationFilter {
  readonly ids?: readonly string[]
  readonly defaultNames?: readonly string[]
  readonly roleNames?: readonly string[]
}

export type ActivationPosition = readonly [createdAt: number, id: string]

/** A page of activations, oldest first. */
export async function listActivations(
  db: Reader,
  filter: ActivationFilter,
  page: { readonly after: ActivationPosition | undefined; readonly limit: number },
): Promise<Activation[]> {
  let query = db.withTables<FleetTables>().selectFrom('fleet_activation').selectAll()
  if (filter.ids) query = query.where('id', 'in', filter.ids)
  if (filter.defaultNames) query = query.where('default_name', 'in', filter.defaultNames)
  if (filter.roleNames) query = query.where('role_name', 'in', filter.roleNames)
  if (page.after) query = query.where(follows(['created_at', 'id'], page.after))
  const rows = await query.orderBy('created_at').orderBy('id').limit(page.limit).execute()
  return rows.map(toActivation)
}
