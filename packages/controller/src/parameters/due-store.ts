import type { Reader, Tx } from '#db/index.ts'
import type { ParameterVersion } from './parameter.ts'
import type { ParameterDueRow, ParameterNoticeRow, ParameterTables } from './tables.ts'

type NoticeTables = { parameter_notice: Omit<ParameterNoticeRow, 'id'> }

/** Writes down when the policies of the latest version act, instead of those of the version before it. */
export async function setDue(tx: Tx, { path, policies }: ParameterVersion): Promise<void> {
  const tables = tx.withTables<ParameterTables>()
  await tables.deleteFrom('parameter_due').where('path', '=', path).execute()
  const due = policies.flatMap(({ status, dueAt }, position) =>
    status === 'Pending' ? [{ path, position, due_at: dueAt }] : [],
  )
  if (due.length > 0) await tables.insertInto('parameter_due').values(due).execute()
}

export const listDue = (db: Reader, at: number, limit: number): Promise<ParameterDueRow[]> =>
  db
    .withTables<ParameterTables>()
    .selectFrom('parameter_due')
    .selectAll()
    .where('due_at', '<=', at)
    .orderBy('due_at')
    .limit(limit)
    .execute()

/** Takes one off the list; false when it is not due any more, for instance since another controller took it. */
export async function takeDue(tx: Tx, { path, position, due_at }: ParameterDueRow): Promise<boolean> {
  const { numDeletedRows } = await tx
    .withTables<ParameterTables>()
    .deleteFrom('parameter_due')
    .where('path', '=', path)
    .where('position', '=', position)
    .where('due_at', '=', due_at)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export const insertNotice = async (tx: Tx, notice: Omit<ParameterNoticeRow, 'id'>): Promise<void> => {
  await tx.withTables<NoticeTables>().insertInto('parameter_notice').values(notice).execute()
}

export const removeNotices = async (tx: Tx, before: number): Promise<void> => {
  await tx.withTables<NoticeTables>().deleteFrom('parameter_notice').where('at', '<', before).execute()
}
