import type { Kysely } from 'kysely'
import { type Columns, createTable } from './columns.ts'

/** Policies on resources. Frozen once shipped. */
export const policies = {
  number: 6,
  name: 'policies',
  async up(db: Kysely<unknown>, columns: Columns): Promise<void> {
    const { id, text, int } = columns
    const table = createTable(db)
    await table(
      'policies_policy',
      { resource_arn: id(), id: id(), policy: text(), hash: text(), created_at: int(), updated_at: int() },
      { primary: ['resource_arn', 'id'] },
    )
  },
}
