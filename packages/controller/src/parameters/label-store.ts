import type { Reader, Tx } from '#db/index.ts'
import type { LabelMap } from './label.ts'
import type { ParameterTables } from './tables.ts'

/** All labels of a parameter. */
export async function findLabels(db: Reader, path: string): Promise<LabelMap> {
  const rows = await db
    .withTables<ParameterTables>()
    .selectFrom('parameter_label')
    .select(['label', 'version'])
    .where('path', '=', path)
    .orderBy('label')
    .execute()
  return new Map(rows.map(({ label, version }) => [label, version]))
}

export async function hasLabels(db: Reader, path: string, version: number): Promise<boolean> {
  const row = await db
    .withTables<ParameterTables>()
    .selectFrom('parameter_label')
    .select('label')
    .where('path', '=', path)
    .where('version', '=', version)
    .executeTakeFirst()
  return row !== undefined
}

/** Sets labels on a version; what another version had of them moves. */
export async function setLabels(tx: Tx, path: string, version: number, labels: readonly string[]): Promise<void> {
  if (labels.length === 0) return
  await tx
    .withTables<ParameterTables>()
    .insertInto('parameter_label')
    .values(labels.map((label) => ({ path, label, version })))
    .onConflict((conflict) => conflict.columns(['path', 'label']).doUpdateSet({ version }))
    .execute()
}

export async function removeLabels(tx: Tx, path: string, labels: readonly string[]): Promise<void> {
  if (labels.length === 0) return
  await tx
    .withTables<ParameterTables>()
    .deleteFrom('parameter_label')
    .where('path', '=', path)
    .where('label', 'in', labels)
    .execute()
}
