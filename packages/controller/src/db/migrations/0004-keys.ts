import type { Kysely } from 'kysely'
import { type Columns, createTable } from './columns.ts'

/** Tables of keys. Frozen once shipped. */
export const keys = {
  number: 4,
  name: 'keys',
  async up(db: Kysely<unknown>, columns: Columns): Promise<void> {
    const { id, text, int, bytes } = columns
    const table = createTable(db)
    const optional = { optional: true }

    await table(
      'keys_key',
      {
        id: id(),
        description: text(),
        manager: text(),
        state: text(),
        version: int(),
        created_at: int(),
        deletion_at: int(optional),
        rotation_days: int(optional),
        next_rotation_at: int(optional),
      },
      { primary: ['id'] },
    )
    // A version's material is gone once nothing is wrapped by it; its row stays to tell when it was made.
    await table(
      'keys_version',
      { key_id: id(), version: int(), material_sealed: bytes(optional), cause: text(), created_at: int() },
      { primary: ['key_id', 'version'] },
    )
    await table(
      'keys_alias',
      { name: id(), key_id: id(), created_at: int(), updated_at: int() },
      { primary: ['name'], indexes: [['key_id']] },
    )
    await table(
      'keys_data_key',
      { id: id(), key_id: id(), key_version: int(), wrapped: bytes() },
      { primary: ['id'], indexes: [['key_id', 'key_version', 'id']] },
    )
  },
}
