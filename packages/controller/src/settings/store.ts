import type { Reader, Tx } from '#db/index.ts'
import type { SettingTables } from './tables.ts'

/** A value that somebody gave. */
export interface GivenValue {
  readonly value: string
  readonly modifiedAt: number
  readonly modifiedBy: string
}

export async function findGiven(db: Reader, id: string): Promise<GivenValue | undefined> {
  const row = await db
    .withTables<SettingTables>()
    .selectFrom('service_setting')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { value: row.value, modifiedAt: row.modified_at, modifiedBy: row.modified_by }
}

export async function putGiven(tx: Tx, id: string, given: GivenValue): Promise<void> {
  const columns = { value: given.value, modified_at: given.modifiedAt, modified_by: given.modifiedBy }
  await tx
    .withTables<SettingTables>()
    .insertInto('service_setting')
    .values({ id, ...columns })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
    .execute()
}

export async function removeGiven(tx: Tx, id: string): Promise<void> {
  await tx.withTables<SettingTables>().deleteFrom('service_setting').where('id', '=', id).execute()
}
