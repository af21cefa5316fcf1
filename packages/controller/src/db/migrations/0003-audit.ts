import { type Kysely, sql } from 'kysely'
import { type Columns, createTable } from './columns.ts'

/** The audit trail, its chain, and how far checkpoints of it were handed out. */
export const auditTrail = {
  number: 3,
  name: 'audit',
  async up(db: Kysely<unknown>, columns: Columns): Promise<void> {
    const { id, text, int, bytes, json, autoKey } = columns
    const table = createTable(db)

    // A row is written once; number and hash are its place in the chain, given by the sealer.
    await table(
      'audit_event',
      {
        seq: autoKey(),
        at: int(),
        request_id: text(),
        principal_id: text(),
        principal_arn: text(),
        session: text(),
        source: text(),
        operation: text(),
        action: text(),
        resources: json(),
        parameters_mac: bytes({ optional: true }),
        decision: text(),
        result: text(),
        why: text({ optional: true }),
        mac: bytes(),
        number: int({ optional: true }),
        hash: bytes({ optional: true }),
      },
      { primary: ['seq'] },
    )
    await sql`create unique index audit_event_number on audit_event (number) where number IS NOT NULL`.execute(db)
    await sql`create index audit_event_unsealed on audit_event (seq) where number IS NULL`.execute(db)
    // One row: the end of the chain, the key of its checkpoints, and who may add to it now.
    await table(
      'audit_head',
      {
        ...{ id: int(), store_id: text(), public_key: bytes(), key_sealed: bytes() },
        ...{ number: int(), hash: bytes(), mac: bytes(), holder: text(), held_until: int() },
        ...{ checkpoint_number: int(), checkpoint_at: int() },
      },
      { primary: ['id'] },
    )
    await table(
      'audit_checkpoint',
      { number: int(), hash: bytes(), at: int(), signature: bytes() },
      { primary: ['number'] },
    )
    await table('audit_sink', { name: id(), number: int() }, { primary: ['name'] })
  },
}
