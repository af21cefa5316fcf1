import type { Kysely } from 'kysely'
import { type Columns, createTable } from './columns.ts'

/** Tables of the parameters slice. Frozen once shipped. */
export const parameters = {
  number: 5,
  name: 'parameters',
  async up(db: Kysely<unknown>, columns: Columns): Promise<void> {
    const { id, text, int, bytes, json, autoKey } = columns
    const table = createTable(db)

    // One row a parameter, with what lists are narrowed by; `path` is the name with a slash in front, as ARNs have it.
    await table(
      'parameter',
      {
        ...{ path: id(), name: text(), parent: text(), type: text(), version: int() },
        ...{ tier: text(), data_type: text(), key_reference: text({ optional: true }) },
      },
      {
        primary: ['path'],
        indexes: [
          ...[
            ['parent', 'path'],
            ['type', 'path'],
            ['tier', 'path'],
            ['data_type', 'path'],
          ],
          ['key_reference', 'path'],
        ],
      },
    )
    // What a version is never changes, but for the state of its policies. A SecureString has `sealed` and no `value`.
    await table(
      'parameter_version',
      {
        ...{ path: id(), version: int(), value: text({ optional: true }), sealed: bytes({ optional: true }) },
        ...{ data_key_id: text({ optional: true }), key_id: text({ optional: true }) },
        ...{ key_reference: text({ optional: true }), description: text({ optional: true }) },
        ...{ allowed_pattern: text({ optional: true }), tier: text(), data_type: text(), policies: json() },
        ...{ modified_at: int(), modified_by: text() },
      },
      { primary: ['path', 'version'] },
    )
    await table(
      'parameter_label',
      { path: id(), label: id(), version: int() },
      {
        primary: ['path', 'label'],
        indexes: [
          ['path', 'version'],
          ['label', 'path'],
        ],
      },
    )
    // What the policies of latest versions will do, until it is done.
    await table(
      'parameter_due',
      { path: id(), position: int(), due_at: int() },
      { primary: ['path', 'position'], indexes: [['due_at']] },
    )
    await table(
      'parameter_notice',
      { id: autoKey(), at: int(), name: text(), version: int(), kind: text(), text: text() },
      { primary: ['id'], indexes: [['at']] },
    )
    // How many there are of each tier, in parts that different writers add to: counting rows would take longer the more
    // there are, and one row for all would make writers wait for each other.
    await table('parameter_count', { tier: id(), part: int(), count: int() }, { primary: ['tier', 'part'] })
  },
}
